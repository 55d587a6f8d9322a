import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect } from 'vitest';
import { sentinel, test } from './export.ts';
import { syncs, worldOf } from './workspace.ts';

const world = worldOf({ a: syncs(34), b: syncs(7) });

interface Output {
  /** Where the shell sends it. */
  readonly to?: string;
  /** Its pipes are closed before anything comes through them. */
  readonly isClosed?: boolean;
}

/** The exit code of an export. */
async function codeOf(endpoint: string, data: string, { to = '', isClosed }: Output): Promise<number> {
  const script = `exec "$0" bin/start.ts --endpoint "$1" --data "$2" ${to}`;
  const child = spawn('sh', ['-c', script, process.execPath, endpoint, data], {
    cwd: resolve(import.meta.dirname, '../..'),
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, BRAZE_API_KEY: sentinel },
  });
  for (const stream of [child.stdout, child.stderr]) isClosed ? stream.destroy() : stream.resume();
  const [code] = await once(child, 'exit');
  return code;
}

const outputs: [string, Output][] = [
  ['pipes that nobody reads any more', { isClosed: true }],
  ['a standard output that was never open', { to: '>&-' }],
  ...(existsSync('/dev/full')
    ? [['a full disk', { to: '> /dev/full 2> /dev/full' }] as [string, Output]]
    : []),
];

describe.skipIf(process.platform === 'win32').concurrent('what stands behind the output', () => {
  test.for(outputs)('%s changes nothing but what is shown', async ([, output], { lab }) => {
    const server = await lab.serve({ world });
    expect(await codeOf(server.endpoint, lab.data, output)).toBe(0);
    expect(lab.lake().lines('syncs')).toHaveLength(41);
    const states = lab.lake().lines('coverage');
    expect(states.map(({ state }) => state)).toEqual(['complete', 'complete']);
  });
});

describe.skipIf(process.platform === 'win32').concurrent('P8: a run that is told to stop', () => {
  test.for(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    'by %s keeps what it has read',
    async (signal, { lab }) => {
      let requests = 0;
      const server = await lab.serve({
        world: worldOf({ a: syncs(300) }),
        faults: () => {
          requests += 1;
          if (requests === 5) running.kill(signal);
          return undefined;
        },
      });
      // Slow enough for the signal to come in the midst of it.
      const running = lab.startExport(server, ['--requests-per-minute', '600']);
      const { code, receipt } = await running.ended;
      expect({ code, outcome: receipt?.outcome }).toEqual({ code: 0, outcome: 'suspended' });
      expect(lab.lake().lines('syncs').length).toBeGreaterThan(20);
    },
  );

  test('by npm’s process id, which ends the shell between and sends no signal, too', async ({ lab }) => {
    let requests = 0;
    const server = await lab.serve({
      world: worldOf({ a: syncs(300) }),
      faults: () => {
        requests += 1;
        if (requests === 5) running.kill('SIGTERM');
        return requests > 8 ? 'hang' : undefined;
      },
    });
    const environment = { npm_lifecycle_event: 'start' };
    const running = lab.startExport(server, [], { behindShell: true, environment });
    const { signal, receipt, stderr } = await running.ended;
    expect({ signal, outcome: receipt?.outcome }).toEqual({ signal: 'SIGTERM', outcome: 'suspended' });
    expect(stderr.match(/Stopping/g)).toHaveLength(1);
    expect(lab.lake().lines('syncs').length).toBeGreaterThan(20);
  });
});
