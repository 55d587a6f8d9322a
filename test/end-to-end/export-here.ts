/**
 * The export of `npm start` in the test's own process: the same options, transport, stores and progress, without
 * the time that a process takes to start. What is a process's own (signals, being killed, standard output) is tested
 * with one.
 */
import { Writable } from 'node:stream';
import { httpTransport, type Transport } from '../../lambda/braze/transport.ts';
import type { Receipt } from '../../lambda/run/receipt.ts';
import { run } from '../../lambda/run/run.ts';
import type { Clock } from '../../lambda/time/clock.ts';
import { systemClock } from '../../lambda/time/system-clock.ts';
import { readOptions } from '../../local/start/options.ts';
import { startProgress } from '../../local/start/progress.ts';
import { FileCheckpointStore } from '../../local/stores/file-checkpoint-store.ts';
import { FileObjectStore } from '../../local/stores/file-object-store.ts';
import { localOwner } from '../../local/stores/local-owner.ts';

export interface EndedHere {
  readonly receipt: Receipt;
  /** What the program would print. */
  readonly stdout: string;
  readonly stderr: string;
}

export interface HowHere {
  /** Pauses and the time that an answer is given are as short as in `impatient.ts`. */
  readonly impatient?: boolean;
  /** Ends the run, as Ctrl-C does. */
  readonly signal?: AbortSignal;
  /** A time of the test's own, which hangs on what happens and not on how busy the machine is. */
  readonly clock?: Clock;
  /** By that clock, in milliseconds. */
  readonly deadline?: number;
}

export async function exportHere(
  commandLine: readonly string[],
  key: string,
  { impatient = false, signal, clock = systemClock, deadline }: HowHere,
): Promise<EndedHere> {
  const options = readOptions(commandLine, { BRAZE_API_KEY: key });
  const { endpoint, integrations } = options;
  if (!endpoint || options.deadline !== undefined)
    throw new Error('Without an endpoint, and with --deadline, an export needs a process: lab.export.');
  const printed: string[] = [];
  const progress = startProgress(linesInto(printed));
  for (const warning of options.warnings) progress.say(`Warning: ${warning}`);
  const { receipt, failures } = await run(
    {
      workspace: options.workspace,
      limits: options.limits,
      ...(integrations ? { integrations } : {}),
      ...(signal ? { signal } : {}),
      ...(deadline === undefined ? {} : { deadline }),
    },
    {
      transport: impatient
        ? hurried(httpTransport(endpoint, options.apiKey))
        : httpTransport(endpoint, options.apiKey),
      objects: new FileObjectStore(options.data),
      checkpoints: new FileCheckpointStore(options.data),
      clock,
      leaseNow: Date.now,
      random: impatient ? () => 0.01 : Math.random,
      owner: localOwner(),
      report: progress.report,
    },
  );
  progress.end();
  for (const failure of failures) printed.push(`Error: ${failure}\n`);
  return { receipt, stdout: `${JSON.stringify(receipt)}\n`, stderr: printed.join('') };
}

const hurried =
  (transport: Transport): Transport =>
  (request) =>
    transport({ ...request, timeout: Math.ceil(request.timeout / 25) });

/** No terminal: progress comes as lines. */
function linesInto(printed: string[]): NodeJS.WriteStream {
  const stream = new Writable({
    decodeStrings: false,
    write: (chunk, _, done) => {
      printed.push(String(chunk));
      done();
    },
  });
  return stream as Writable as NodeJS.WriteStream;
}
