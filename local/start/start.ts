/** The command `npm start`. Each step is loaded when the one before it is done: help waits for nothing else. */
import { endingInWords } from '../command/ending.ts';
import { tellKeptJson } from '../command/swallowed-options.ts';
import { readCommandLine } from './command-line.ts';
import type { WriteReport } from './look.ts';

export async function start(commandLine: readonly string[], writeReport: WriteReport): Promise<void> {
  await endingInWords(async () => {
    const written = readCommandLine(commandLine, process.env);
    // The checks bring zod.
    const { checkOptions } = await import('./options.ts');
    const options = checkOptions(written, process.env);
    tellKeptJson('npm start --', options.json, process.env);
    if (options.proxies) {
      const { goThrough } = await import('../../lambda/network/proxies.ts');
      goThrough(options.proxies);
    }
    if (options.testAlert) {
      const { sendTest } = await import('./send-test.ts');
      process.exitCode = await sendTest(options);
      return;
    }
    // The exporter, its stores and the HTTP client.
    const { exportOnce } = await import('./export-once.ts');
    process.exitCode = await exportOnce(options, writeReport);
  }, 'Error: ');
}
