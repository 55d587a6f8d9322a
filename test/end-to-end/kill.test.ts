import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, watch } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect } from 'vitest';
import { filesBelow } from '../local/stores/scratch.ts';
import { Random } from '../simulation/lab/random.ts';
import { type Lab, type Running, sentinel, test } from './export.ts';
import { readLake } from './lake.ts';
import { syncs, worldOf } from './workspace.ts';

const world = worldOf({ a: syncs(34), b: syncs(7), c: syncs(21), d: [] });
/** Requests and writes of the first export; a draw beyond lets it end. */
const [mostRequests, mostWrites] = [10, 26];
const kills = 6;

/**
 * Kills the export when the server has received so many requests, or, to hit the commit too, when so many
 * things have happened to its temporary files.
 */
async function killedExport(lab: Lab, kind: 'requests' | 'writes', count: number): Promise<boolean> {
  let [running, left]: [Running | undefined, number] = [undefined, count];
  const strike = () => {
    left -= 1;
    if (left === 0) running?.kill('SIGKILL');
    return left <= 0;
  };
  const byRequests = kind === 'requests';
  const server = await lab.serve({ world, faults: () => (byRequests && strike() ? 'hang' : undefined) });
  mkdirSync(join(lab.data, 'tmp'), { recursive: true });
  const watcher = byRequests
    ? undefined
    : watch(lab.data, { recursive: true }, (_, name) => name?.endsWith('.part') && strike());
  running = lab.startExport(server, [], { hurried: true });
  const { code, signal, receipt } = await running.ended;
  watcher?.close();
  // A lease that was left behind would make this run busy.
  if (signal === null) expect({ code, outcome: receipt?.outcome }).toEqual({ code: 0, outcome: 'complete' });
  return signal === 'SIGKILL';
}

describe.concurrent('killed again and again', () => {
  test.for([1, 2])(
    'P1, P2, P11: the lake is that of an undisturbed export (seed %i)',
    async (seed, { lab }) => {
      const undisturbed = join(lab.root, 'undisturbed');
      const server = await lab.serve({ world });
      expect((await lab.export(server, ['--data', undisturbed])).code).toBe(0);

      const random = new Random(seed);
      const story: string[] = [];
      for (let run = 0; run < kills; run += 1) {
        const kind = random.pick(['requests', 'writes'] as const);
        const count = random.between(1, kind === 'requests' ? mostRequests : mostWrites);
        const killed = await killedExport(lab, kind, count);
        story.push(`${killed ? 'killed' : 'not killed'} at ${count} ${kind}`);
        for (const key of lab.lake().keys) expect(key, story.join(', ')).toMatch(/\.ndjson\.gz$/);
        // Reads every object: each is whole.
        for (const table of ['syncs', 'coverage', 'integrations']) lab.lake().lines(table);
      }
      const last = await lab.export(server, [], { hurried: true });
      expect(last.receipt?.outcome, story.join(', ')).toBe('complete');
      expect(lab.lake().bytes('syncs'), story.join(', ')).toEqual(readLake(undisturbed).bytes('syncs'));
      expect(lab.lake().bytes('integrations')).toEqual(readLake(undisturbed).bytes('integrations'));
      expect(story.filter((each) => each.startsWith('killed')).length).toBeGreaterThan(0);
      expect(filesBelow(lab.data).filter((path) => path.endsWith('.part'))).toEqual([]);
    },
  );
});

describe.concurrent('killed once', () => {
  test('P2, P7, P9: the lease of the dead is taken over at once, and what it may have sent is waited for', async ({
    lab,
  }) => {
    let running: Running | undefined;
    const server = await lab.serve({
      world,
      faults: ({ index }) => {
        if (index !== 3) return undefined;
        running?.kill('SIGKILL');
        return 'hang';
      },
    });
    running = lab.startExport(server);
    expect((await running.ended).signal).toBe('SIGKILL');
    const workspace = filesBelow(join(lab.data, 'checkpoint')).filter((path) =>
      path.endsWith('workspace.json'),
    );
    expect(workspace).toEqual(['workspace=default/workspace.json']);
    const next = await lab.export(server, [], { hurried: true });
    expect(next).toMatchObject({ code: 0, receipt: { outcome: 'complete' } });
    expect(next.receipt?.waited_seconds).toBeGreaterThan(0);
  });

  test.skipIf(process.platform === 'win32')(
    'P2, P9: and of the dead whom nobody has waited for',
    async ({ lab }) => {
      const { promise: stalled, resolve: stall } = Promise.withResolvers<void>();
      const server = await lab.serve({
        world,
        faults: ({ index }) => {
          if (index !== 3) return undefined;
          stall();
          return 'hang';
        },
      });
      // The shell becomes another program, which knows of no child, and tells the number of the export.
      const script =
        '"$0" bin/start.ts --endpoint "$1" --data "$2" >/dev/null 2>&1 & echo $!; exec sleep 600';
      const parent = spawn('sh', ['-c', script, process.execPath, server.endpoint, lab.data], {
        cwd: resolve(import.meta.dirname, '../..'),
        stdio: ['ignore', 'pipe', 'ignore'],
        env: { ...process.env, BRAZE_API_KEY: sentinel },
      });
      try {
        const [number] = await once(parent.stdout, 'data');
        await stalled;
        process.kill(Number(number), 'SIGKILL');
        const next = await lab.export(server, [], { hurried: true });
        expect(process.kill(Number(number), 0)).toBe(true);
        expect(next).toMatchObject({ code: 0, receipt: { outcome: 'complete' } });
      } finally {
        parent.kill('SIGKILL');
      }
    },
  );
});
