/** The page against the rules of axe, all of them: as it opens, and with all that is folded opened. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AxeResults } from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeReport } from '../../report/write-report.ts';
import { writeLake } from '../sql/lake-of.ts';
import { open } from './chromium.ts';
import { lakeOfMany } from './lake-of-many.ts';
import { now } from './report-of.ts';
import { startChromium } from './start-chromium.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const folder = mkdtempSync(join(tmpdir(), 'braze-cdi-axe-'));
const files = new Map<string, string>();
let browser: Browser;
beforeAll(async () => {
  browser = await startChromium();
  for (const [name, count, wrong] of [
    ['nothing wrong', 12, 0],
    ['nine wrong', 12, 9],
  ] as const) {
    const data = join(folder, name);
    mkdirSync(join(data, 'lake'), { recursive: true });
    writeLake(data, lakeOfMany(count, wrong, now));
    files.set(name, (await writeReport({ data, now: new Date(now), days: 60 })).file);
  }
});
afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

const looks = [390, 1280].flatMap((width) =>
  (['light', 'dark'] as const).map((colorScheme) => ({
    viewport: { width, height: 900 },
    colorScheme,
    // The page lets no script run but its own.
    bypassCSP: true,
  })),
);

/** What axe finds, with where it is and why; what it could not decide is not among them. */
async function findings(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const { violations }: AxeResults = await page.evaluate(
    'axe.run(document, { resultTypes: ["violations"] })',
  );
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary}`),
  );
}

describe.each(['nothing wrong', 'nine wrong'])('with %s axe finds nothing', (name) => {
  it.each(looks)('at $viewport.width pixels, $colorScheme', async (look) => {
    const { page } = await open(browser, files.get(name) ?? '', look);
    expect(await findings(page)).toEqual([]);
    await page.evaluate('for (const fold of document.querySelectorAll("details")) fold.open = true');
    expect(await findings(page)).toEqual([]);
  });
});

it('axe would find something', async () => {
  const { page } = await open(browser, files.get('nine wrong') ?? '', looks[0]);
  await page.evaluate('document.querySelector(".now .rest").style.color = "#777"');
  expect(await findings(page)).toEqual([expect.stringContaining('color-contrast: .rest')]);
});
