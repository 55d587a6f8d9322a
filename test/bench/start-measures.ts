/**
 * What the program needs to begin, over what an empty Node program needs: until its help is told, and until a steady
 * run sends its first request. Processor time, since a machine that does other things, too, leaves it as it is. npm,
 * which needs more than either, is left out.
 */
import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { startSimulatedBraze } from '../../local/simulator/http.ts';
import { type Measure, measure } from './measure.ts';
import { deepHistory } from './memory-measures.ts';
import { SteadyWorld } from './steady-world.ts';

const program = new URL('../../bin/start.ts', import.meta.url).pathname;
const repetitions = 15;
const firstCalls = 5;
const world = { ...deepHistory, integrations: 20, rows: 100 };

/**
 * Loaded into a process to be measured: says what it has needed, at its first request or else at its end. Not in
 * TypeScript, or an empty program would load what TypeScript needs.
 */
const tellingProcessorTime = `
const tell = () => {
  if (tell.done) return;
  tell.done = true;
  const { user, system } = process.cpuUsage();
  process.stderr.write('processor-time ' + (user + system) / 1e6 + '\\n');
};
require('node:diagnostics_channel').subscribe('undici:request:create', tell);
process.on('exit', tell);
`;

export async function startUp(): Promise<Measure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-'));
  const server = await startSimulatedBraze({
    world: new SteadyWorld(world),
    quirks: { statusLimit: 1e9, listLimit: 1e9, limitHeaders: 'none' },
    now: () => world.until + world.cadence / 2,
  });
  const steadyRun = [
    program,
    ...['--endpoint', server.endpoint, '--data', join(folder, 'data'), '--json'],
    ...['--requests-per-minute', '100000000', '--list-requests-per-minute', '100000000'],
  ];
  try {
    await writeFile(join(folder, 'telling.cjs'), tellingProcessorTime);
    // Everything is read once before: a steady run has little left.
    await processorTime(folder, folder, steadyRun);
    return [
      ...(await startsOf('npm start -- --help', [program, '--help'], 6, folder)),
      ...(await startsOf('npm start, a steady run, to its first request', steadyRun, 12, folder)),
    ];
  } finally {
    await server.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** The least of several counts: a cold processor only ever adds to it. */
async function startsOf(
  name: string,
  parameters: readonly string[],
  goal: number,
  folder: string,
): Promise<Measure[]> {
  // Node's compile cache is below the folder for temporary files: a new one is a machine after a clone.
  const temporaryFolder = () => mkdtemp(join(folder, 'temporary-'));
  const [first, later, empty]: [number[], number[], number[]] = [[], [], []];
  for (let call = 0; call < firstCalls; call += 1)
    first.push(await processorTime(folder, await temporaryFolder(), parameters));
  const kept = await temporaryFolder();
  await processorTime(folder, kept, parameters);
  // In turn, so that both meet the same machine.
  for (let call = 0; call < repetitions; call += 1) {
    empty.push(await processorTime(folder, kept, ['--eval', '']));
    later.push(await processorTime(folder, kept, parameters));
  }
  const ratio = (which: string, seconds: number, most: number) =>
    measure(
      `processor time over an empty Node program's, ${name}${which} (${seconds.toFixed(2)} s)`,
      seconds / Math.min(...empty),
      most,
      1,
    );
  return [
    ratio('', Math.min(...later), goal),
    ratio(', first call after a clone', Math.min(...first), 2 * goal),
  ];
}

/** @returns seconds. */
async function processorTime(
  folder: string,
  temporaryFolder: string,
  parameters: readonly string[],
): Promise<number> {
  // A compile cache that a variable names would serve the starter itself, too: nobody has that by default.
  const { NODE_COMPILE_CACHE: _, ...environment } = process.env;
  const measured = spawn(process.execPath, ['--require', join(folder, 'telling.cjs'), ...parameters], {
    env: { ...environment, TMPDIR: temporaryFolder, BRAZE_API_KEY: 'measured' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const said = await text(measured.stderr);
  const [, seconds] = /^processor-time (\S+)$/m.exec(said) ?? [];
  if (seconds === undefined) throw new Error(`The measured process said nothing of its time: ${said}`);
  return Number(seconds);
}
