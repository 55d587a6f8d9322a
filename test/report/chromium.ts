/** The page in a real browser. */
import { pathToFileURL } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { onTestFinished } from 'vitest';

export interface OpenedPage {
  readonly page: Page;
  /** What the console said, what was thrown, and what was requested beside the page itself. */
  readonly complaints: string[];
  /** Until it was drawn. */
  readonly milliseconds: number;
}

export const looks = {
  desktop: { viewport: { width: 1280, height: 900 } },
  'desktop, dark': { viewport: { width: 1280, height: 900 }, colorScheme: 'dark' },
  tablet: { viewport: { width: 820, height: 1180 } },
  phone: { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true },
  'phone, dark': {
    viewport: { width: 390, height: 844 },
    isMobile: true,
    hasTouch: true,
    colorScheme: 'dark',
  },
  'narrow phone': { viewport: { width: 320, height: 640 }, isMobile: true, hasTouch: true },
} as const satisfies Record<string, BrowserContextOptions>;

export async function open(
  browser: Browser,
  file: string,
  look: BrowserContextOptions = looks.desktop,
): Promise<OpenedPage> {
  const context = await browser.newContext({ timezoneId: 'Europe/Berlin', ...look });
  onTestFinished(() => context.close());
  const page = await context.newPage();
  const complaints: string[] = [];
  const address = pathToFileURL(file).href;
  page.on('console', (message) => complaints.push(`console: ${message.text()}`));
  page.on('pageerror', (error) => complaints.push(`thrown: ${error.message}`));
  page.on('dialog', (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('request', (request) => {
    if (request.url() !== address) complaints.push(`request: ${request.url()}`);
  });
  const began = performance.now();
  await page.goto(address);
  await page.evaluate('new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))');
  return { page, complaints, milliseconds: Math.round(performance.now() - began) };
}
