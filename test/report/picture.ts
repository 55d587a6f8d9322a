/**
 * Makes the picture in the README: `npm start`, `npm run report`, and then
 * `node test/report/picture.ts data-simulated/report.html docs/report.png`, made small by
 * `pngquant --force --strip --ext .png 128 docs/report.png` (a Debian package).
 * It is the first screen of the page, as it is.
 */
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { startChromium } from './start-chromium.ts';

const [report, picture] = process.argv.slice(2);
if (report === undefined || picture === undefined)
  throw new Error('Name the report and the picture: node test/report/picture.ts REPORT.html PICTURE.png');

const browser = await startChromium();
try {
  const context = await browser.newContext({ viewport: { width: 1120, height: 800 }, timezoneId: 'UTC' });
  const page = await context.newPage();
  await page.goto(pathToFileURL(resolve(report)).href);
  await page.screenshot({ path: picture });
} finally {
  await browser.close();
}
