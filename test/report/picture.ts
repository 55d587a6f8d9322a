/**
 * Makes the picture in the README: `npm start`, `npm run report`, and then
 * `node test/report/picture.ts data-simulated/report.html docs/report.png`, made small by
 * `pngquant --force --strip --ext .png 128 docs/report.png` (a Debian package).
 * It is the page as it is, without what is long: the tables, and some integrations.
 */
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { startChromium } from './start-chromium.ts';

const [report, picture] = process.argv.slice(2);
if (report === undefined || picture === undefined)
  throw new Error('Name the report and the picture: node test/report/picture.ts REPORT.html PICTURE.png');

const width = 1120;
const browser = await startChromium();
try {
  const context = await browser.newContext({
    viewport: { width, height: 900 },
    timezoneId: 'UTC',
    bypassCSP: true,
  });
  const page = await context.newPage();
  await page.goto(pathToFileURL(resolve(report)).href);
  await page.addStyleTag({
    content: `
      section[aria-labelledby$="-freshness"], section[aria-labelledby$="-incidents"], .explained { display: none }
      .totals ~ *, article { display: none }
      article.shown { display: block; content-visibility: visible }`,
  });
  await page.evaluate(`for (const article of document.querySelectorAll('article'))
    if (/web events|propensity scores/.test(article.querySelector('h4').textContent)) article.classList.add('shown')`);
  const end = await page.locator('article.shown').last().boundingBox();
  const height = Math.ceil((end?.y ?? 0) + (end?.height ?? 0)) + 16;
  await page.screenshot({ path: picture, clip: { x: 0, y: 0, width, height }, fullPage: true });
} finally {
  await browser.close();
}
