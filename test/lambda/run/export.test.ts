/** What only a whole run shows; what its parts do is said in their own tests. */
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { Reply } from '../../../lambda/braze/transport.ts';
import { integrationData, newIntegrationState } from '../../../lambda/checkpoint/integration-record.ts';
import { run } from '../../../lambda/run/run.ts';
import { coverageKey, syncsKey } from '../../../lambda/schema/keys.ts';
import { MemoryCheckpointStore } from '../../simulation/lab/memory-checkpoint-store.ts';
import { MemoryObjectStore } from '../../simulation/lab/memory-object-store.ts';
import { ago, historyOf, now, stretch } from './integrations.ts';
import { page } from './requesting.ts';

const minuteMs = 60_000;
const sync = (hours: number) => ({ job_status: 'success', sync_start_time: `${ago(hours)}Z` });

/** A workspace on a clock of its own, between its runs too. */
class Workspace {
  readonly objects = new MemoryObjectStore();
  readonly checkpoints = new MemoryCheckpointStore();
  time = now;
  /** What each reading of the list names; the last one for ever. */
  lists: string[][] = [['a', 'b']];
  readonly syncs: Record<string, object[]> = { a: [sync(1)], b: [sync(1)] };

  run() {
    return run(
      { workspace: 'w', limits: { list: 50, status: 100 } },
      {
        transport: async ({ path }) => this.#answer(path),
        objects: this.objects,
        checkpoints: this.checkpoints,
        clock: {
          now: () => this.time,
          sleep: async (milliseconds) => {
            this.time += milliseconds;
          },
        },
        random: () => 0.5,
        owner: 'me',
        report: () => {},
      },
    );
  }

  async coverageOf(id: string) {
    const body = (await this.objects.get(coverageKey('w')))?.body;
    const lines = body ? gunzipSync(body).toString().trimEnd().split('\n') : [];
    return lines.map((line) => JSON.parse(line)).find(({ integration_id }) => integration_id === id);
  }

  #answer(path: string): Reply {
    const [, id] = /integrations\/(.+)\/job_sync_status/.exec(path) ?? [];
    if (id !== undefined) return page(this.syncs[id] ?? []);
    const [named = []] = this.lists;
    if (this.lists.length > 1) this.lists.shift();
    return page(named.map((integration_id) => ({ integration_id })));
  }
}

describe('the list of integrations', () => {
  test('P3: has to miss an integration twice before that one is gone', async () => {
    const workspace = new Workspace();
    await workspace.run();
    workspace.lists = [['a'], ['a', 'b']];
    await workspace.run();
    expect((await workspace.coverageOf('b'))?.state).toBe('complete');
  });

  test('is read once where it names all that are known', async () => {
    const workspace = new Workspace();
    await workspace.run();
    const { receipt } = await workspace.run();
    expect(receipt.requests.list).toBe(1);
  });
});

describe('P10: an integration whose history contradicts itself', () => {
  test('fails, and nothing else does; its record stays as it was', async () => {
    const workspace = new Workspace();
    const open = { start: ago(5), place: null };
    const history = historyOf([stretch(1, 9)], { opens: [open, open] });
    const data = integrationData({ ...newIntegrationState('a'), history });
    const record = { item: 'integration#a', version: 1, data };
    await workspace.checkpoints.put('w', record, undefined);

    const { receipt, failures } = await workspace.run();

    expect(receipt).toMatchObject({ outcome: 'failed', integrations: { total: 2, failed: 1 } });
    expect(failures).toEqual([expect.stringMatching(/integration a contradicts itself.*report it/)]);
    expect(await workspace.checkpoints.get('w', 'integration#a')).toEqual(record);
    expect(await workspace.coverageOf('a')).toMatchObject({ state: 'failing', failure: failures[0] });
    expect(await workspace.coverageOf('b')).toMatchObject({ state: 'complete', failure: null });
  });
});

describe('P15: coverage', () => {
  test('speaks of what is kept where an integration is held back, not of what the run has read of it', async () => {
    const workspace = new Workspace();
    await workspace.run();
    const before = await workspace.coverageOf('a');
    const day = syncsKey('w', '2026-06-01');
    const stored = await workspace.objects.get(day);
    await workspace.objects.put(day, Buffer.from('torn'), stored?.etag);

    workspace.time += 15 * minuteMs;
    workspace.syncs.a = [sync(0), sync(1)];
    const { failures, receipt } = await workspace.run();

    expect([receipt.outcome, failures]).toEqual(['failed', [expect.stringContaining(day)]]);
    expect(before).toMatchObject({ state: 'complete', complete_to: '2026-06-01 12:00:00.000' });
    expect(await workspace.coverageOf('a')).toEqual({
      ...before,
      state: 'failing',
      failure: expect.stringContaining(day),
    });
  });
});
