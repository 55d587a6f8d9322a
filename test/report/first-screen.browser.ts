/** The first screen, and the list below it, as a browser lays them out. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeReport } from '../../report/write-report.ts';
import { writeLake } from '../sql/lake-of.ts';
import { open } from './chromium.ts';
import { lakeOfMany } from './lake-of-many.ts';
import { now } from './report-of.ts';
import { startChromium } from './start-chromium.ts';

const folder = mkdtempSync(join(tmpdir(), 'braze-cdi-first-screen-'));
let browser: Browser;
beforeAll(async () => {
  browser = await startChromium();
});
afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

const files = new Map<string, Promise<string>>();

/** Each is written once: a test reads it, and changes nothing. */
function written(count: number, wrong: number): Promise<string> {
  const key = `${count} ${wrong}`;
  const file = files.get(key) ?? write(count, wrong);
  files.set(key, file);
  return file;
}

async function write(count: number, wrong: number): Promise<string> {
  const data = join(folder, `${count}-${wrong}`);
  mkdirSync(join(data, 'lake'), { recursive: true });
  writeLake(data, lakeOfMany(count, wrong, now));
  return (await writeReport({ data, now: new Date(now), days: 30 })).file;
}

const screens = [
  { width: 390, height: 844 },
  { width: 1280, height: 900 },
  { width: 1920, height: 1080 },
];
const lakes = [
  [1, 0],
  [1, 1],
  [12, 0],
  [12, 1],
  [12, 9],
  [60, 0],
  [60, 1],
  [60, 9],
] as const;

describe.each(lakes)('of %i integrations of which %i are wrong', (count, wrong) => {
  it('all that is wrong, the rest and the freshness stand on the first screen', async () => {
    const file = await written(count, wrong);
    for (const viewport of screens) {
      const { page, complaints } = await open(browser, file, { viewport });
      const shown = await page.locator('.trouble').count();
      expect(shown).toBe(wrong);
      for (const selector of ['.now .state', '.trouble b', '.trouble .since', '.now .rest', '.now .fresh'])
        for (const element of await page.locator(selector).all()) {
          const box = await element.boundingBox();
          if (box)
            expect(box.y + box.height, `${selector} at ${viewport.width}`).toBeLessThan(viewport.height);
        }
      const wide = await page.evaluate('document.documentElement.scrollWidth');
      expect(wide).toBeLessThanOrEqual(viewport.width);
      expect(complaints).toEqual([]);
    }
  });
});

it('integrations are searched, filtered and sorted', async () => {
  const { page } = await open(browser, await written(60, 9));
  const seen = () => page.locator('.integration:visible').count();
  expect(await seen()).toBe(60);
  await page.locator('.search .text').fill('bigquery orders');
  expect(await seen()).toBe(2);
  expect(await page.locator('.found').textContent()).toBe('2 of 60');
  await page.locator('.search .text').fill('');
  await page.locator('.search .state-choice').selectOption('refusing');
  expect(await seen()).toBe(2);
  await page.locator('.search .state-choice').selectOption('');
  await page.locator('.search .order').selectOption('name');
  const names = await page.locator('.integration h4 bdi').allTextContents();
  expect(names).toEqual(names.toSorted((one, other) => one.localeCompare(other)));
  await page.locator('.search .order').selectOption('');
  expect(await page.locator('.integration h4 bdi').first().textContent()).toBe('Snowflake · consent flags');
});

it('another window shows its figures and its incidents, with scripts off as well', async () => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`file://${await written(12, 1)}`);
  expect(await page.locator('.search').isVisible()).toBe(false);
  await page.locator('.part summary', { hasText: 'In numbers' }).click();
  await page.locator('.part summary', { hasText: 'Incidents' }).click();
  const rows = () => page.locator('table[aria-label="Incidents"] tbody tr:visible').count();
  expect(await page.locator('.span:visible').count()).toBe(1);
  const inSeven = await rows();
  await page.getByLabel('30 days').check();
  expect(await page.locator('.span-1').isVisible()).toBe(true);
  expect(await page.locator('.span-0').isVisible()).toBe(false);
  expect(await rows()).toBeGreaterThan(inSeven);
  await context.close();
});
