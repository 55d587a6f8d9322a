/**
 * The export of `npm start` in the test's own process: the same options, transport, stores and progress, without
 * the time that a process takes to start. What is a process's own (signals, being killed, standard output) is tested
 * with one.
 */
import { Writable } from 'node:stream';
import type { Transport } from '../../lambda/braze/transport.ts';
import type { Receipt } from '../../lambda/run/receipt.ts';
import type { Clock } from '../../lambda/time/clock.ts';
import { exportFrom } from '../../local/start/export-from.ts';
import { openSource } from '../../local/start/open-source.ts';
import { startProgress } from '../../local/start/progress.ts';
import { readOptions } from '../local/start/read-options.ts';

export interface EndedHere {
  readonly receipt: Receipt;
  /** What the program would print. */
  readonly stdout: string;
  readonly stderr: string;
}

export interface HowHere {
  /** Pauses between tries are as short as in `impatient.ts`. */
  readonly shortPauses?: boolean;
  /** And so is the time that an answer is given: for tests in which none comes. A busy machine may need more for one. */
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
  { impatient = false, shortPauses = impatient, signal, clock, deadline }: HowHere,
): Promise<EndedHere> {
  const options = readOptions(commandLine, { BRAZE_API_KEY: key });
  if (!options.endpoint || options.deadline !== undefined)
    throw new Error('Without an endpoint, and with --deadline, an export needs a process: lab.export.');
  const printed: string[] = [];
  const source = await openSource(options);
  const { now } = source.clock;
  const pace = { now, speed: source.speed, perMinute: options.limits.status };
  const progress = await startProgress(linesInto(printed), pace);
  for (const warning of options.warnings) progress.say(`Warning: ${warning}`);
  const { receipt, failures } = await exportFrom(
    { transport: impatient ? hurried(source.transport) : source.transport, clock: clock ?? source.clock },
    options,
    { report: progress.report, signal, deadline, ...(shortPauses ? { random: () => 0.01 } : {}) },
  );
  await source.close();
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
