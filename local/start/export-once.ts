/** An export on this machine, shown to a person or, as JSON, to a program. */
import type { RunResult } from '../../lambda/run/run.ts';
import { whenStopped } from '../command/when-stopped.ts';
import { localAlertPorts } from './alert-ports.ts';
import { exportFrom } from './export-from.ts';
import { look, type WriteReport } from './look.ts';
import { openSource } from './open-source.ts';
import type { StartOptions } from './options.ts';
import { startProgress } from './progress.ts';
import { hasSomething, receiptText } from './receipt-text.ts';
import { realWords, simulatedWords } from './simulated-words.ts';

/** What the last commit may need, in seconds: a fifth of the deadline, at the most five. */
const marginOf = (deadline: number): number => Math.min(5, deadline / 5);

/** Before anything else: nobody shall take it for the real thing. */
function announceSimulation({ json, simulated }: StartOptions): void {
  const lines = simulated ? [simulatedWords] : [simulatedWords, realWords];
  // The receipt alone belongs on standard output, where a program reads it.
  for (const line of lines) json ? console.error(line) : console.log(line);
}

/** @returns the exit code. */
export async function exportOnce(options: StartOptions, writeReport: WriteReport): Promise<number> {
  const began = performance.now();
  if (!options.endpoint) announceSimulation(options);
  const source = await openSource(options);
  const { clock, speed } = source;
  const progress = await startProgress(process.stderr, {
    now: clock.now,
    speed,
    perMinute: options.endpoint && options.limits.status,
  });
  for (const warning of options.warnings) progress.say(`Warning: ${warning}`);
  const stop = new AbortController();
  const interrupt = () => {
    if (stop.signal.aborted) {
      progress.end();
      process.exit(130);
    }
    progress.say('Stopping: what was read is being kept. Once more to stop at once.');
    stop.abort();
  };
  const listenNoMore = whenStopped(
    { bySignal: interrupt, byItsEnd: () => stop.signal.aborted || interrupt() },
    process.env,
  );

  const { deadline } = options;
  let result: RunResult;
  try {
    result = await exportFrom(source, options, {
      report: progress.report,
      signal: stop.signal,
      alerts: localAlertPorts(options.webhook, (sentence) => progress.say(`Warning: ${sentence}`)),
      deadline: deadline && clock.now() + Math.floor((deadline - marginOf(deadline)) * 1000 * speed),
    });
  } finally {
    progress.end();
    await source.close();
    listenNoMore();
  }

  const { receipt, failures } = result;
  receipt.elapsed_seconds = Math.round((performance.now() - began) / 100) / 10;
  receipt.waited_seconds = Math.round((receipt.waited_seconds / speed) * 10) / 10;
  for (const failure of failures) progress.say(`Error: ${failure}`);
  if (options.json) {
    console.log(JSON.stringify(receipt));
  } else {
    // A program that reads JSON needs no table.
    const { screenOf } = await import('../table/screen.ts');
    const { wrapped } = await import('../table/wrapped.ts');
    const screen = screenOf(process.stdout);
    console.log(wrapped(receiptText(receipt, options), screen.width, 16));
    if (hasSomething(receipt)) console.log(`\n${await look(options, writeReport, screen)}`);
  }
  return receipt.outcome === 'failed' ? 1 : 0;
}
