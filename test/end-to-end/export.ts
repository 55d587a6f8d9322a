/**
 * An export, as the real command in a child process or in this one, a simulated Braze beside it, and a folder for
 * both.
 *
 * Whatever a test is about, each run is also held to two promises: the key is nowhere (P12), and nobody is
 * shown a stack.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { test as base, expect } from 'vitest';
import type { Receipt } from '../../lambda/run/receipt.ts';
import {
  type SimulatedBrazeServer,
  type SimulatedBrazeServerOptions,
  startSimulatedBraze,
} from '../../local/simulator/http.ts';
import { allPermissions } from '../../local/simulator/permissions.ts';
import { filesBelow } from '../local/stores/scratch.ts';
import { exportHere, type HowHere } from './export-here.ts';
import { type Lake, readLake } from './lake.ts';

/** Printable, and nothing else in the world is called that. */
export const sentinel = 'sentinel-5d1f0c9e-key';

interface Shown {
  readonly stdout: string;
  readonly stderr: string;
}

export interface Ended extends Shown {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** The last line of standard output, where it is JSON. */
  readonly receipt: Receipt | undefined;
}

export interface Running {
  readonly ended: Promise<Ended>;
  kill(signal: NodeJS.Signals): void;
}

export interface How {
  /** @default the sentinel */
  readonly key?: string | undefined;
  /** Preloads `impatient.ts`: what waits for seconds between tries takes moments. */
  readonly impatient?: boolean;
  /** Preloads `hurried.ts`: a minute takes a second. */
  readonly hurried?: boolean;
  /** As npm starts it: behind a shell, which alone is told to stop. */
  readonly behindShell?: boolean;
  /** @default nothing beside this process's own */
  readonly environment?: Readonly<Record<string, string>>;
}

const impatient = ['--import', resolve(import.meta.dirname, 'impatient.ts')];
const hurried = ['--import', resolve(import.meta.dirname, 'hurried.ts')];

export class Lab {
  readonly root = mkdtempSync(join(tmpdir(), 'braze-cdi-'));
  readonly data = join(this.root, 'data');
  readonly #servers: SimulatedBrazeServer[] = [];
  readonly #running = new Set<Running>();

  /** Knows the sentinel, and has no rate limit to speak of. */
  async serve(options: SimulatedBrazeServerOptions): Promise<SimulatedBrazeServer> {
    const server = await startSimulatedBraze({
      keys: { [sentinel]: allPermissions },
      ...options,
      quirks: { statusLimit: 100_000, listLimit: 100_000, ...options.quirks },
    });
    this.#servers.push(server);
    return server;
  }

  /** Starts `npm start -- …`, without npm. */
  start(options: readonly string[], how: How = {}): Running {
    const { BRAZE_API_KEY: _, NODE_OPTIONS: __, ...environment } = process.env;
    const key = 'key' in how ? how.key : sentinel;
    const preloaded = [...(how.impatient ? impatient : []), ...(how.hurried ? hurried : [])];
    const command = [process.execPath, ...preloaded, 'bin/start.ts', ...options];
    const shell = how.behindShell ? ['sh', '-c', '"$0" "$@"; exit $?'] : [];
    const [program = '', ...words] = [...shell, ...command];
    const child = spawn(program, words, {
      cwd: resolve(import.meta.dirname, '../..'),
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...environment,
        ...(key === undefined ? {} : { BRAZE_API_KEY: key }),
        ...how.environment,
      },
    });
    const [stdout, stderr]: [Buffer[], Buffer[]] = [[], []];
    child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
    const ended = new Promise<Ended>((done, failed) => {
      child.once('error', failed);
      child.once('close', (code, signal) => {
        this.#running.delete(running);
        const texts = [Buffer.concat(stdout).toString(), Buffer.concat(stderr).toString()] as const;
        done({ code, signal, stdout: texts[0], stderr: texts[1], receipt: receiptIn(texts[0]) });
      });
    }).then((end) => this.#checked(end));
    const running: Running = { ended, kill: (signal) => void child.kill(signal) };
    this.#running.add(running);
    return running;
  }

  /** Starts an export from the server into this lab's folder. */
  startExport(
    server: Pick<SimulatedBrazeServer, 'endpoint'>,
    options: readonly string[] = [],
    how: How = {},
  ): Running {
    return this.start(this.#optionsOf(server, options), how);
  }

  #optionsOf(
    { endpoint }: Pick<SimulatedBrazeServer, 'endpoint'>,
    options: readonly string[],
  ): readonly string[] {
    const limits = ['--requests-per-minute', '100000', '--list-requests-per-minute', '100000'];
    const given = ['--endpoint', endpoint, '--data', this.data, '--json'];
    return [...given, ...(options.includes(limits[0] ?? '') ? [] : limits), ...options];
  }

  /** The same in this process, where what is tested is the export, and not how a process ends. */
  async exportHere(
    server: Pick<SimulatedBrazeServer, 'endpoint'>,
    options: readonly string[] = [],
    how: HowHere = {},
  ): Promise<Shown & { readonly receipt: Receipt }> {
    return this.#checked(await exportHere(this.#optionsOf(server, options), sentinel, how));
  }

  export(
    server: Pick<SimulatedBrazeServer, 'endpoint'>,
    options: readonly string[] = [],
    how: How = {},
  ): Promise<Ended> {
    return this.startExport(server, options, how).ended;
  }

  lake(): Lake {
    return readLake(this.data);
  }

  async close(): Promise<void> {
    for (const running of this.#running) {
      running.kill('SIGKILL');
      await running.ended.catch(() => undefined);
    }
    for (const server of this.#servers) await server.close();
    rmSync(this.root, { recursive: true, force: true });
  }

  #checked<Any extends Shown>(ended: Any): Any {
    const shown = ended.stdout + ended.stderr;
    expect(shown, 'P12: no key in what is printed').not.toContain(sentinel);
    expect(shown, 'no stack').not.toMatch(/^\s+at .+:\d+/m);
    expect(shown, 'no fault of the program').not.toContain('fault of this program');
    expect(filesHolding(this.root, sentinel), 'P12: no key in any file').toEqual([]);
    return ended;
  }
}

/** The files below the folder whose name, bytes or unzipped bytes hold the text. */
export function filesHolding(folder: string, text: string): string[] {
  return filesBelow(folder).filter((path) => {
    const bytes = bytesOf(join(folder, path));
    return path.includes(text) || bytes.includes(text) || unzipped(bytes).includes(text);
  });
}

/** Of a temporary file that is being renamed or tidied meanwhile: nothing. */
function bytesOf(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch {
    return Buffer.alloc(0);
  }
}

function unzipped(bytes: Buffer): Buffer {
  try {
    return gunzipSync(bytes);
  } catch {
    return Buffer.alloc(0);
  }
}

function receiptIn(stdout: string): Receipt | undefined {
  try {
    return JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '');
  } catch {
    return undefined;
  }
}

/** A test with a lab of its own, which ends with it. */
export const test = base.extend<{ lab: Lab }>({
  lab: async ({ task: _ }, use) => {
    const lab = new Lab();
    await use(lab);
    await lab.close();
  },
});
