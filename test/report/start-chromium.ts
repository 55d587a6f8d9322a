/** Debian's Chromium, or the one that CHROMIUM names. */
import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';

export async function startChromium(): Promise<Browser> {
  if (!existsSync(executablePath))
    throw new Error(
      `There is no ${executablePath}: apt-get install chromium, or name a Chromium with CHROMIUM=/path/of/it.`,
    );
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-background-networking'] });
}
