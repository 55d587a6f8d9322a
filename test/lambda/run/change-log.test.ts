import { gunzipSync } from 'node:zlib';
import { beforeEach, describe, expect, test } from 'vitest';
import { newWorkspaceFacts, type WorkspaceFacts } from '../../../lambda/checkpoint/workspace-facts.ts';
import { ChangeLog } from '../../../lambda/run/change-log.ts';
import { newReceipt, type Receipt } from '../../../lambda/run/receipt.ts';
import { changesKey } from '../../../lambda/schema/keys.ts';
import { MemoryObjectStore } from '../../simulation/lab/memory-object-store.ts';
import { now } from './integrations.ts';

const listing = (status: string): string => JSON.stringify({ listed: true, integration_status: status });
const listings = (before: string, after: string) => ({
  before: new Map([['a', listing(before)]]),
  after: new Map([['a', listing(after)]]),
});
const same = listings('active', 'active');

let objects: MemoryObjectStore;
let receipt: Receipt;
let facts: WorkspaceFacts;
beforeEach(() => {
  objects = new MemoryObjectStore();
  receipt = newReceipt('w');
  facts = { ...newWorkspaceFacts(), areChangesAhead: false };
});

const logOf = (isLakeAhead = false) =>
  new ChangeLog({ workspace: 'w', objects, receipt, now: () => now }, facts, isLakeAhead);

function told(): { readonly seen_at: string; readonly before: string; readonly after: string }[] {
  const text = gunzipSync(objects.bodyOf(changesKey('w')) ?? '').toString();
  return text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line));
}

test('what has changed is told, with when it was seen', async () => {
  await logOf().write(listings('active', 'paused'), true);
  expect(told()).toMatchObject([
    { seen_at: '2026-06-01 12:00:00.000', field: 'integration_status', before: 'active', after: 'paused' },
  ]);
});

test('nothing is read where nothing has changed', async () => {
  await logOf().write(listings('active', 'paused'), true);
  const before = receipt.objects.read;
  await logOf().write(same, true);
  expect(receipt.objects.read).toBe(before);
});

describe('where it may be ahead of the list', () => {
  const tellTwice = async () => {
    await logOf().write(listings('active', 'paused'), true);
    // The run was killed before it took over the list; meanwhile all is as it was.
    facts.areChangesAhead = true;
    await logOf().write(same, true);
  };

  test('what was told and has been taken back since is told, too', async () => {
    await tellTwice();
    expect(told().map(({ after }) => after)).toEqual(['paused', 'active']);
  });

  test('it stays so until a list that was read to its end was taken over', () => {
    facts.areChangesAhead = true;
    logOf().areKept(false);
    expect(facts.areChangesAhead).toBe(true);
    logOf().areKept(true);
    expect(facts.areChangesAhead).toBe(false);
  });

  test('that is known from a run that was killed, and from one that could not write', () => {
    logOf(true);
    expect(facts.areChangesAhead).toBe(true);
    facts.areChangesAhead = false;
    const log = logOf(false);
    expect(facts.areChangesAhead).toBe(false);
    log.mayBeAhead();
    expect(facts.areChangesAhead).toBe(true);
    logOf(false);
    expect(facts.areChangesAhead).toBe(true);
  });
});
