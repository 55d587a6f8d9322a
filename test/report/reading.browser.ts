/** What a person with a keyboard, a screen reader, another zone or no scripts finds. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { writeReport } from '../../report/write-report.ts';
import { scratchFolder } from '../local/stores/scratch.ts';
import { writeLake } from '../sql/lake-of.ts';
import { coverage, integration, lakeOf, sync } from '../sql/lines.ts';
import { dayMs, hourMs } from '../sql/model/lake.ts';
import { withStanding } from '../sql/standings-of.ts';
import { looks, open } from './chromium.ts';
import { now } from './report-of.ts';
import { startChromium } from './start-chromium.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await startChromium();
});
afterAll(() => browser?.close());

async function written(): Promise<string> {
  const data = scratchFolder();
  mkdirSync(join(data, 'lake'));
  const lake = lakeOf({
    integrations: [integration({}), integration({ id: 'two', name: 'Orders' })],
    coverage: [
      coverage({ from: now - 40 * dayMs, to: now, checkedAt: now }),
      coverage({ id: 'two', to: now, checkedAt: now }),
    ],
    syncs: Array.from({ length: 40 }, (_, days) =>
      sync({ start: now - days * dayMs - hourMs, status: days === 0 ? 'error' : 'success' }),
    ),
  });
  writeLake(data, withStanding(lake, now));
  return (await writeReport({ data, now: new Date(now) })).file;
}

it('headings go down a step at a time, and each section has one', async () => {
  const { page } = await open(browser, await written());
  const levels = (await page.evaluate(
    `[...document.querySelectorAll('h1, h2, h3, h4, h5, h6')].map(({ tagName }) => Number(tagName[1]))`,
  )) as number[];
  expect(levels[0]).toBe(1);
  expect(levels.filter((level) => level === 1)).toHaveLength(1);
  for (const [index, level] of levels.entries())
    expect(level).toBeLessThanOrEqual((levels[index - 1] ?? 0) + 1);
  for (const name of ['header', 'main', 'footer']) expect(await page.locator(name).count()).toBe(1);
  const unnamed = await page.evaluate(
    `[...document.querySelectorAll('section, article')].filter((one) => !document.getElementById(one.getAttribute('aria-labelledby'))?.textContent.trim()).length`,
  );
  expect(unnamed).toBe(0);
});

it('ids are unique, and every reference leads somewhere', async () => {
  const { page } = await open(browser, await written());
  const dangling = await page.evaluate(`(() => {
    const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id);
    const references = [...document.querySelectorAll('[href], [aria-details], [aria-labelledby]')].flatMap((one) =>
      ['href', 'aria-details', 'aria-labelledby'].map((name) => one.getAttribute(name)?.replace('#', '')).filter(Boolean));
    return [...ids.filter((id, index) => ids.indexOf(id) !== index), ...references.filter((id) => !ids.includes(id))];
  })()`);
  expect(dangling).toEqual([]);
});

it('a screen reader is told the state, the charts and the tables', async () => {
  const { page } = await open(browser, await written(), looks.phone);
  await page.evaluate(`for (const one of document.querySelectorAll('details')) one.open = true`);
  const tree = await page.locator('body').ariaSnapshot();
  expect(tree).toContain('link "To the report"');
  expect(tree).toMatch(/heading "Workspace a" \[level=2\]/);
  expect(tree).toContain('1 of 2 integrations needs attention.');
  expect(tree).toMatch(/img "Days of Users by worst status, 2025-06-\d\d to 2025-12-\d\d"/);
  // On a phone tables are laid out as cards, and are tables all the same.
  expect(tree).toMatch(/table "Freshness of each integration"/);
  expect(tree).toMatch(/rowheader "Users no success"/);
  expect(tree).toMatch(/columnheader "Late by"/);
});

it('the keyboard reaches the report, what is wrong, and what is folded', async () => {
  const { page } = await open(browser, await written());
  await page.keyboard.press('Tab');
  expect(await page.evaluate('document.activeElement.textContent')).toBe('To the report');
  await page.keyboard.press('Enter');
  expect(await page.evaluate('document.activeElement.id')).toBe('main');
  await page.keyboard.press('Tab');
  expect(await page.evaluate('document.activeElement.textContent')).toMatch(/^Users/);
  await page.locator('.part summary', { hasText: 'In numbers' }).focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  expect(await page.evaluate('document.activeElement.getAttribute("aria-label")')).toBe(
    'Figures of all integrations by day, from 2026-06-11',
  );
  expect(await page.locator('.span details[open] tbody tr').count()).toBe(7);
});

it('a link to the days of an integration opens them', async () => {
  const { page } = await open(browser, await written());
  expect(await page.locator('#w1-i1').isVisible()).toBe(false);
  await page.locator('.trouble .go a', { hasText: 'Its calendar' }).click();
  await expect.poll(() => page.locator('#w1-i1').isVisible()).toBe(true);
});

it('times are told in the reader’s zone, too', async () => {
  const file = await written();
  const berlin = await open(browser, file);
  expect(await berlin.page.locator('.trouble .since').textContent()).toBe(
    'for 1 h, since 2026-06-17 12:47 UTC (14:47 here)',
  );
  expect(await berlin.page.locator('#zone').textContent()).toBe(' “Here” is Europe/Berlin.');
  const auckland = await open(browser, file, { ...looks.desktop, timezoneId: 'Pacific/Auckland' });
  expect(await auckland.page.locator('.trouble .since').textContent()).toContain(
    '12:47 UTC (2026-06-18 00:47 here)',
  );
});

it.each([
  ['in a zone that is UTC', { timezoneId: 'UTC' }],
  ['with scripts off', { javaScriptEnabled: false }],
])('%s, nothing is missing', async (_name, options) => {
  const context = await browser.newContext({ ...looks.desktop, ...options });
  const page = await context.newPage();
  await page.goto(`file://${await written()}`);
  expect(await page.locator('.trouble .since').isVisible()).toBe(true);
  expect(await page.locator('.trouble .since').textContent()).toBe('for 1 h, since 2026-06-17 12:47 UTC');
  expect(await page.locator('.trouble .do').isVisible()).toBe(true);
  expect(await page.locator('figure svg').count()).toBeGreaterThan(5);
  expect(await page.locator('.here').count()).toBe(0);
  await context.close();
});

it.each(['light', 'dark'] as const)('text stands out from its ground in %s colours', async (colorScheme) => {
  const { page } = await open(browser, await written(), { ...looks.desktop, colorScheme });
  await page.evaluate(`for (const one of document.querySelectorAll('details')) one.open = true`);
  const faint = (await page.evaluate(contrasts)) as { text: string; ratio: number }[];
  expect(faint.filter(({ ratio }) => ratio < 4.5)).toEqual([]);
  expect(faint.length).toBeGreaterThan(20);
});

/** Of each element with text of its own, by WCAG's formula. */
const contrasts = `(() => {
  const channels = (color) => color.match(/[\\d.]+/g).map(Number);
  const luminance = (color) => {
    const [red, green, blue] = channels(color).slice(0, 3).map((value) => {
      const share = value / 255;
      return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const ground = (element) => {
    for (let one = element; one; one = one.parentElement) {
      const color = getComputedStyle(one).backgroundColor;
      if (channels(color)[3] !== 0) return color;
    }
    return 'rgb(255, 255, 255)';
  };
  const own = (element) => [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
  return [...document.querySelectorAll('body *')].filter(own).filter((one) => !['SCRIPT', 'STYLE'].includes(one.tagName)).map((element) => {
    const style = getComputedStyle(element);
    const ink = luminance(element.tagName === 'text' || element.tagName === 'tspan' ? style.fill : style.color);
    const paper = luminance(ground(element));
    const ratio = (Math.max(ink, paper) + 0.05) / (Math.min(ink, paper) + 0.05);
    return { text: element.textContent.slice(0, 40), ratio };
  });
})()`;
