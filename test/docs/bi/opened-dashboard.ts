/** The dashboard, opened in a browser as a person would, with what its charts were answered. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import type { Superset } from '../../../local/aws/superset.ts';

export type Row = Readonly<Record<string, unknown>>;

export interface Answer {
  readonly status: number;
  readonly error: string | null;
  readonly rows: readonly Row[];
}

export interface OpenedDashboard {
  readonly page: Page;
  /** What was thrown, and who else was asked. */
  readonly complaints: readonly string[];
  answerTo(title: string): Promise<Answer>;
}

/** Superset as it comes from PyPI tells its makers of every page; docs/bi.md says so. It is not let out here. */
const countingPixel = 'apachesuperset.gateway.scarf.sh';

export async function openDashboard(
  browser: Browser,
  superset: Superset,
  slug: string,
  charts: number,
): Promise<OpenedDashboard> {
  const page = await browser.newPage({ viewport: { width: 1500, height: 1600 } });
  const complaints: string[] = [];
  const answers = new Map<string, Answer>();
  page.on('pageerror', ({ message }) => complaints.push(message));
  await page.route(
    ({ origin }) => origin !== superset.endpoint,
    (route) => {
      const { host } = new URL(route.request().url());
      if (host !== countingPixel) complaints.push(`request to ${host}`);
      return route.abort();
    },
  );
  page.on('response', async (response) => {
    const { pathname, searchParams } = new URL(response.url());
    if (pathname !== '/api/v1/chart/data') return;
    const { slice_id } = JSON.parse(searchParams.get('form_data') ?? '{}');
    const { result: [{ error = null, data = [] } = {}] = [] } = await response.json();
    answers.set(String(slice_id), { status: response.status(), error, rows: data });
  });
  await logIn(page, superset);
  await page.goto(`${superset.endpoint}/superset/dashboard/${slug}/`);
  await page.waitForFunction(drawn(charts), undefined, { timeout: 90_000 });
  await keepPicture(page);
  return {
    page,
    complaints,
    answerTo: async (title) => {
      const number = await chartOf(page, title).getAttribute('data-test-chart-id');
      const answer = answers.get(number ?? '');
      if (!answer) throw new Error(`The chart “${title}” has asked nothing.`);
      return answer;
    },
  };
}

export const chartOf = (page: Page, title: string) => page.locator(`[data-test-chart-name="${title}"]`);

async function logIn(page: Page, { endpoint, user, password }: Superset): Promise<void> {
  await page.goto(`${endpoint}/login/`);
  await page.locator('#username').fill(user);
  await page.locator('#password').fill(password);
  await Promise.all([page.waitForURL(/welcome/), page.keyboard.press('Enter')]);
}

const drawn = (charts: number): string => `
  document.querySelectorAll('.chart-slice').length === ${charts} &&
  document.querySelectorAll('.chart-slice .loading, [data-test="loading-indicator"]').length === 0 &&
  document.querySelectorAll('.chart-slice table, .chart-slice canvas, .chart-slice [role="alert"]').length >= ${charts}`;

/** For people: `SCREENSHOTS=shots npm run test:bi`. */
async function keepPicture(page: Page): Promise<void> {
  const folder = process.env.SCREENSHOTS;
  if (!folder) return;
  await mkdir(folder, { recursive: true });
  // What is drawn moves for a while.
  await page.waitForTimeout(1500);
  await page.screenshot({ path: join(folder, 'superset.png'), fullPage: true });
}
