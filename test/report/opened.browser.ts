import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeReport } from '../../report/write-report.ts';
import { scratchFolder } from '../local/stores/scratch.ts';
import { generatedLake } from '../sql/generated-lake.ts';
import { writeLake } from '../sql/lake-of.ts';
import { lakeOf } from '../sql/lines.ts';
import type { ModelLake } from '../sql/model/lake.ts';
import { withStanding } from '../sql/standings-of.ts';
import { looks, open } from './chromium.ts';
import { hostileLake } from './hostile-lake.ts';
import { hostileNames } from './hostile-names.ts';
import { now } from './report-of.ts';
import { startChromium } from './start-chromium.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await startChromium();
});
afterAll(() => browser?.close());

async function written(lake: Partial<ModelLake>): Promise<string> {
  const data = scratchFolder();
  mkdirSync(join(data, 'lake'));
  writeLake(data, lake.standing ? lakeOf(lake) : withStanding(lakeOf(lake), now));
  return (await writeReport({ data, now: new Date(now), days: 120 })).file;
}

const lakes: Readonly<Record<string, Partial<ModelLake>>> = {
  'of hostile names': hostileLake(hostileNames),
  'of a generated history': generatedLake(2, now),
  empty: {},
};

describe.each(Object.entries(lakes))('the report of a lake %s', (_name, lake) => {
  it.each(Object.entries(looks))('opens quietly and fits: %s', async (_look, look) => {
    const { page, complaints } = await open(browser, await written(lake), look);
    expect(complaints).toEqual([]);
    const [wide, room] = (await page.evaluate(
      '[document.documentElement.scrollWidth, window.innerWidth]',
    )) as number[];
    expect(wide).toBeLessThanOrEqual(room ?? 0);
  });

  it('prints', async () => {
    const { page, complaints } = await open(browser, await written(lake));
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    // Paper is white, whatever the screen is.
    expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(252, 252, 251)');
    const [wide] = (await page.evaluate('[document.documentElement.scrollWidth]')) as number[];
    expect(wide).toBeLessThanOrEqual(looks.desktop.viewport.width);
    expect((await page.pdf({ format: 'A4' })).subarray(0, 5).toString()).toBe('%PDF-');
    expect(complaints).toEqual([]);
  });
});

describe('hostile names', () => {
  it('are text, and the page is whole around them', async () => {
    const { page, complaints } = await open(browser, await written(hostileLake(hostileNames)));
    const names = await page.locator('.integration h4 bdi').allTextContents();
    expect(names).toHaveLength(hostileNames.length);
    expect(names).toContain('</script><img src=x onerror=alert(1)>');
    expect(names).toContain('\\u202etxt.exe\\u202c after');
    expect(names).toContain('👩🏽‍🚀 Zoë – 湖 🦆');
    expect(await page.locator('img, iframe, object, embed, form, link').count()).toBe(0);
    expect(await page.locator('footer').count()).toBe(1);
    expect(complaints).toEqual([]);
  });

  it('could run and load nothing even if they became markup', async () => {
    const { page, complaints } = await open(browser, await written({}));
    const refused: string[] = [];
    page.on('requestfailed', (request) => refused.push(`${request.failure()?.errorText} ${request.url()}`));
    await page.evaluate(
      `document.body.insertAdjacentHTML('beforeend', '<img src="https://example.invalid/x"><p onclick="alert(1)" style="color: red">')`,
    );
    await page.locator('p').last().dispatchEvent('click');
    await expect.poll(() => refused).toEqual(['csp https://example.invalid/x']);
    expect(complaints.filter((text) => text.startsWith('dialog'))).toEqual([]);
    expect(await page.locator('p').last().evaluate('(element) => getComputedStyle(element).color')).not.toBe(
      'rgb(255, 0, 0)',
    );
  });
});
