import { beforeEach, describe, expect, test } from 'vitest';
import { newWorkspaceFacts } from '../../../lambda/checkpoint/workspace-facts.ts';
import { readSyncRow } from '../../../lambda/rows/sync-row.ts';
import { Failures } from '../../../lambda/run/failures.ts';
import { IntegrationRuns } from '../../../lambda/run/integration-runs.ts';
import { MonthsBehind } from '../../../lambda/run/months-behind.ts';
import { newReceipt, type Receipt } from '../../../lambda/run/receipt.ts';
import type { RunEvent } from '../../../lambda/run/run-events.ts';
import { Uncommitted } from '../../../lambda/run/uncommitted.ts';
import { MemoryCheckpointStore } from '../../simulation/lab/memory-checkpoint-store.ts';
import { MemoryObjectStore } from '../../simulation/lab/memory-object-store.ts';
import { now, sourced } from './integrations.ts';

const minute = 60_000;
const maxAnswers = 3;

let time: number;
let events: RunEvent[];
let receipt: Receipt;
let objects: MemoryObjectStore;
let uncommitted: Uncommitted;
beforeEach(() => {
  time = now;
  events = [];
  receipt = newReceipt('w');
  objects = new MemoryObjectStore();
  const done = async () => {};
  const leased = { renewLease: done, keepLease: done };
  const facts = { ...newWorkspaceFacts(), monthsBehind: [] };
  const ports = {
    workspace: 'w',
    objects,
    checkpoints: new MemoryCheckpointStore(),
    ...leased,
    receipt,
    now: () => time,
    report: (event: RunEvent) => events.push(event),
    monthsBehind: new MonthsBehind({ facts, writeFacts: done, now: () => time }),
  };
  uncommitted = new Uncommitted(ports, new IntegrationRuns(), new Failures(() => {}), maxAnswers);
});

/** An answer with a row of each of these hours. */
function answer(...hours: readonly number[]): void {
  uncommitted.countAnswer();
  uncommitted.add(hours.map((each) => ({ row: readSyncRow('a', sourced(each), now), isExpected: false })));
}

describe('what was read is to be committed', () => {
  test('after as many answers as the limit allows in a minute', () => {
    const due = [1, 2, 3].map((hours) => {
      answer(hours);
      return uncommitted.isDue;
    });
    expect(due).toEqual([false, false, true]);
  });

  test('a minute after the first answer that is not committed', () => {
    answer(1);
    time += minute / 2;
    answer(2);
    time += minute / 2 - 1;
    expect(uncommitted.isDue).toBe(false);
    time += 1;
    expect(uncommitted.isDue).toBe(true);
  });

  test('not where the answers had no rows: there is nothing to commit', () => {
    for (let count = 0; count < maxAnswers; count += 1) answer();
    expect([uncommitted.isEmpty, uncommitted.isDue]).toEqual([true, false]);
  });

  test('not for rows that the list has brought, which wait for an answer or the end', () => {
    uncommitted.quarantine({ integrationId: null, reason: 'Odd.', raw: '5' });
    time += 2 * minute;
    expect([uncommitted.isEmpty, uncommitted.isDue]).toEqual([false, false]);
  });

  test('where there are twenty thousand rows of it, whatever has brought them', () => {
    const fill = (from: number, to: number) => {
      for (let raw = from; raw < to; raw += 1)
        uncommitted.quarantine({ integrationId: 'a', reason: 'Odd.', raw: String(raw) });
    };
    fill(0, 19_999);
    expect(uncommitted.isDue).toBe(false);
    fill(19_999, 20_000);
    expect(uncommitted.isDue).toBe(true);
  });
});

test('a commit says how much it was, and the count begins anew', async () => {
  for (const hours of [1, 25, 25]) answer(hours);
  await uncommitted.commit();
  expect(events).toContainEqual({ kind: 'commit', rows: 2, days: 2 });
  expect([uncommitted.isEmpty, uncommitted.isDue]).toEqual([true, false]);
  time += 2 * minute;
  answer(2);
  expect(uncommitted.isDue).toBe(false);
});

test('rows that were met again before they were committed are counted each time, and as what they change in the lake', async () => {
  answer(1);
  answer(1);
  uncommitted.countAnswer();
  uncommitted.add([{ row: readSyncRow('a', sourced(1, 'success'), now), isExpected: false }]);
  await uncommitted.commit();
  expect(receipt.rows).toMatchObject({ new: 1, unchanged: 2, updated: 0 });
});
