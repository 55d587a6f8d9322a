/**
 * P1, P2: two runs that both believe the other dead, in every order of what they do to the stores; with either or both
 * of them dead at any point, and with the answer of any one write lost.
 */
import { expect, test } from 'vitest';
import type { RunResult } from '../../../lambda/run/run.ts';
import type { World } from '../../../local/simulator/world.ts';
import { checkDays } from '../checks/check-days.ts';
import { readLake } from '../checks/read-lake.ts';
import { workspace } from '../lab/lab.ts';
import { LiveRun, type MemoryStores } from '../lab/live-run.ts';
import { MemoryCheckpointStore } from '../lab/memory-checkpoint-store.ts';
import { MemoryObjectStore } from '../lab/memory-object-store.ts';
import { began, hour, listed, minute, sync } from '../lab/timed-world.ts';
import { copyOf, tell, visitEveryOrder } from './every-order.ts';
import { RunTree } from './run-tree.ts';

type Row = Record<string, unknown>;
type Rows = Readonly<Record<string, readonly Row[]>>;

const old = sync(began - 3 * hour);
const recent = sync(began - hour);
const running = sync(began - hour, { job_status: 'running', sync_finish_time: null, rows_synced: null });

interface Story {
  readonly name: string;
  /** What a run before the two has read; without it, theirs is the first export. */
  readonly before?: Rows;
  /** What one of the two sees, where it was asked for earlier than what the other sees. */
  readonly earlier?: Rows;
  readonly now: Rows;
  readonly losesAnswer?: true;
  /** With fewer, something is no longer tried. */
  readonly orders: number;
}

const stories: Story[] = [
  { name: 'the first export of one row', now: { a: [old] }, orders: 445_122 },
  { name: 'a new row', before: { a: [old] }, now: { a: [old, recent] }, orders: 186_100 },
  {
    name: 'an open row that has ended',
    before: { a: [old, running] },
    now: { a: [old, recent] },
    orders: 186_100,
  },
  {
    name: 'an open row that ends between the two',
    before: { a: [old, running] },
    earlier: { a: [old, running] },
    now: { a: [old, recent] },
    orders: 174_219,
  },
  {
    name: 'a new row that is open for one and has ended for the other',
    before: { a: [old] },
    earlier: { a: [old, running] },
    now: { a: [old, recent] },
    orders: 262_040,
  },
  {
    name: 'a day of two integrations',
    before: { a: [old], b: [old] },
    now: { a: [old, recent], b: [old, recent] },
    orders: 2_336_868,
  },
  {
    name: 'a new row, an answer lost',
    before: { a: [old] },
    now: { a: [old, recent] },
    losesAnswer: true,
    orders: 27_739_724,
  },
];

test.each(stories)('P1, P2: $name', async ({ name, before, earlier, now, losesAnswer, orders }) => {
  const stores = { objects: new MemoryObjectStore(), checkpoints: new MemoryCheckpointStore() };
  if (before) await runAlone(stores, before, began - 15 * minute);
  const undisturbed = copyOf(stores);
  await runAlone(undisturbed, now, began + minute);
  const bodies = await bodiesOf(undisturbed);

  const one = new RunTree('one', worldOf(now), began + minute);
  const other = earlier ? new RunTree('one', worldOf(earlier), began + minute) : one;
  const visited = await visitEveryOrder(stores, [other, one], losesAnswer ? 1 : 0, {
    atAnyMoment: async (left) => {
      await checkTrue(left, [before, earlier, now]);
      await checkSums(left, true);
      const next = copyOf(left);
      const result = await runAlone(next, now, began + 16 * minute);
      expect(result).toMatchObject({ receipt: { outcome: 'complete' }, failures: [] });
      expect(await bodiesOf(next)).toEqual(bodies);
      await checkSums(next, false);
    },
    atTheEnd: async (left, runs) => {
      // Each may bar the other from its records, but what they have read is in the lake by then.
      const hasSeenAll = !earlier || runs[1].result?.receipt.outcome === 'complete';
      if (hasSeenAll) expect(await bodiesOf(left)).toEqual(bodies);
    },
  });
  const { states, contents } = visited;
  console.log(
    `${name}: ${visited.orders} orders, through ${states} states and ${contents} contents of the stores`,
  );
  expect(visited.orders).toBeGreaterThanOrEqual(orders);
});

function worldOf(rows: Rows): World {
  return { integrations: () => Object.keys(rows).map(listed), rows: (id) => [...(rows[id] ?? [])] };
}

async function runAlone(stores: MemoryStores, rows: Rows, at: number): Promise<RunResult> {
  const alone = new LiveRun('alone', worldOf(rows), at);
  await alone.untilAllWaits();
  for (let [call] = alone.waiting; call; [call] = alone.waiting) {
    await alone.hear({ name: call.name, told: await tell(call, stores, 'answered') });
  }
  if (!alone.result) throw new Error('It has not ended.');
  return alone.result;
}

async function bodiesOf({ objects }: MemoryStores): Promise<string[]> {
  return [...(await readLake(objects)).days].map(([key, body]) => `${key} ${body.toString('base64')}`);
}

/** What the table `days` says, unless the workspace's record says that it may be behind. */
async function checkSums({ objects, checkpoints }: MemoryStores, mayBeBehind: boolean): Promise<void> {
  checkDays(await readLake(objects), await checkpoints.list(workspace), { mayBeBehind });
}

/** Every sync stands in the lake once, as it was served; and what the records hold to be whole stands there. */
async function checkTrue({ objects, checkpoints }: MemoryStores, seen: (Rows | undefined)[]): Promise<void> {
  const { syncs } = await readLake(objects);
  const inLake = syncs.map(
    ({ integration_id, raw }) => `${integration_id} ${JSON.parse(String(raw)).sync_start_time}`,
  );
  expect(new Set(inLake).size).toBe(inLake.length);
  for (const { integration_id, raw } of syncs) {
    const served = seen.flatMap((rows) => rows?.[String(integration_id)] ?? []);
    expect(served).toContainEqual(JSON.parse(String(raw)));
  }
  for (const { item, data } of await checkpoints.list(workspace)) {
    if (!item.startsWith('integration#')) continue;
    const { integration_id: id, stretches = [] } = data as {
      integration_id: string;
      stretches?: readonly { readonly newest: string; readonly oldest: string }[];
    };
    for (const row of seen.flatMap((rows) => rows?.[id] ?? [])) {
      const start = String(row.sync_start_time);
      const at = Date.parse(start);
      const isHeld = stretches.some(
        ({ newest, oldest }) => at >= Date.parse(`${oldest}Z`) && at <= Date.parse(`${newest}Z`),
      );
      if (isHeld) expect(inLake).toContain(`${id} ${start}`);
    }
  }
}
