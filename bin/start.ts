/** `npm start`: a run on this machine, into a folder. */

import { simulatedSource } from '../lambda/checkpoint/workspace-facts.ts';
import { isForPeople } from '../lambda/errors/exporter-error.ts';
import { type RunResult, run } from '../lambda/run/run.ts';
import { startSystemClock } from '../lambda/time/system-clock.ts';
import { Answered } from '../local/start/answered.ts';
import { readOptions, type StartOptions } from '../local/start/options.ts';
import { startProgress } from '../local/start/progress.ts';
import { receiptText } from '../local/start/receipt-text.ts';
import { openSource } from '../local/start/source.ts';
import { WrongUse } from '../local/start/wrong-use.ts';
import { FileCheckpointStore } from '../local/stores/file-checkpoint-store.ts';
import { FileObjectStore } from '../local/stores/file-object-store.ts';
import { localOwner } from '../local/stores/local-owner.ts';

/** What the last commit may need, in seconds: a fifth of the deadline, at the most five. */
const marginOf = (deadline: number): number => Math.min(5, deadline / 5);

async function start(options: StartOptions): Promise<number> {
  const began = performance.now();
  const progress = startProgress(process.stderr);
  for (const warning of options.warnings) progress.say(`Warning: ${warning}`);
  const stop = new AbortController();
  const interrupt = () => {
    if (stop.signal.aborted) process.exit(130);
    progress.say('Stopping: what was read is being kept. Once more to stop at once.');
    stop.abort();
  };
  process.on('SIGINT', interrupt).on('SIGTERM', interrupt);

  const source = await openSource(options);
  const { deadline } = options;
  let result: RunResult;
  try {
    result = await run(
      {
        workspace: options.workspace,
        source: options.endpoint?.host ?? simulatedSource,
        limits: options.limits,
        signal: stop.signal,
        ...(options.integrations ? { integrations: options.integrations } : {}),
        ...(deadline
          ? {
              deadline:
                source.clock.now() + Math.floor((deadline - marginOf(deadline)) * 1000 * source.speed),
            }
          : {}),
      },
      {
        transport: source.transport,
        objects: new FileObjectStore(options.data),
        checkpoints: new FileCheckpointStore(options.data),
        clock: source.clock,
        // The simulated Braze's time goes faster; leases are among processes of this machine.
        leaseNow: startSystemClock().now,
        random: Math.random,
        owner: localOwner(),
        report: progress.report,
      },
    );
  } finally {
    progress.end();
    await source.close();
    process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
  }

  const { receipt, failures } = result;
  receipt.elapsed_seconds = Math.round((performance.now() - began) / 100) / 10;
  receipt.waited_seconds = Math.round((receipt.waited_seconds / source.speed) * 10) / 10;
  for (const failure of failures) console.error(`Error: ${failure}`);
  if (options.json) {
    console.log(JSON.stringify(receipt));
  } else {
    console.log(receiptText(receipt, options.data));
    console.log(`\n${await lookAt(options)}`);
  }
  return receipt.outcome === 'failed' ? 1 : 0;
}

/**
 * A first look at the data, and a report to open. Loaded only here: an export needs neither the database nor the
 * charts, and it stands, whatever becomes of a look at it.
 */
async function lookAt({ data, workspace }: StartOptions): Promise<string> {
  const told = ({ message }: Error) => message;
  const look = await import('../local/start/first-look.ts')
    .then(({ firstLook }) => firstLook(data, workspace))
    .catch(told);
  const report = await import('../report/write-report.ts')
    .then(({ writeReport }) => writeReport({ data, workspaces: [workspace] }))
    .then(({ file }) => `The same to look at, in a browser: ${file}`)
    // Where there is nothing yet, the look has said so.
    .catch((error: Error) => (error.name === 'ReportFailure' ? '' : error.message));
  return [look, report].filter((part) => part !== '').join('\n\n');
}

try {
  process.exitCode = await start(readOptions(process.argv.slice(2), process.env));
} catch (error) {
  if (error instanceof Answered) process.exitCode = 0;
  else if (error instanceof WrongUse) {
    console.error(error.message);
    process.exitCode = 2;
  } else {
    const message = error instanceof Error ? error.message : String(error);
    console.error(isForPeople(error) ? `Error: ${message}` : `Error: a fault of this program: ${message}`);
    process.exitCode = 1;
  }
}
