import { describe, expect, test } from 'vitest';
import type { CheckpointRecord } from '../../../lambda/checkpoint/checkpoint-store.ts';
import { integrationData, newIntegrationState } from '../../../lambda/checkpoint/integration-record.ts';
import { Damaged } from '../../../lambda/errors/damaged.ts';
import { IntegrationRuns } from '../../../lambda/run/integration-runs.ts';
import { newReceipt } from '../../../lambda/run/receipt.ts';
import type { History } from '../../../lambda/walk/history.ts';
import { ago, answerOf, asked, historyOf, stretch } from './integrations.ts';

const whole = () => historyOf([stretch(2, 9, { closed: true })]);

const recordOf = (id: string, history: History = whole(), more = {}): CheckpointRecord => ({
  item: `integration#${id}`,
  version: 3,
  data: integrationData({ ...newIntegrationState(id), history, ...more }),
});

function loaded(...records: Parameters<IntegrationRuns['load']>[0]): IntegrationRuns {
  const runs = new IntegrationRuns();
  runs.load(records);
  return runs;
}

const ids = (all: readonly { readonly id: string }[]) => all.map(({ id }) => id).sort();
const conditions = (runs: IntegrationRuns) =>
  Object.fromEntries(runs.all.map(({ id, state }) => [id, state.condition]));

describe('what earlier runs have kept', () => {
  test('is taken over; the workspace’s own record is no integration', () => {
    const runs = loaded(recordOf('a'), { item: 'workspace', version: 1, data: {} });
    expect(ids(runs.all)).toEqual(['a']);
    expect(runs.byId.get('a')?.state.history).toEqual(whole());
    expect(runs.due).toEqual([]);
  });

  test('P10: and can not be read holds back its own integration, and no other', () => {
    const runs = new IntegrationRuns();
    const torn = { item: 'integration#b', damaged: new Damaged('b is damaged.') };
    const odd = { item: 'integration#c', version: 1, data: { format: 1 } };
    const damages = runs.load([recordOf('a'), torn, odd]);
    expect(damages.map(({ message }) => message)).toEqual([
      'b is damaged.',
      expect.stringContaining('integration#c is damaged'),
    ]);
    expect(runs.all.map(({ id, isHeldBack }) => [id, isHeldBack])).toEqual([
      ['a', false],
      ['b', true],
      ['c', true],
    ]);
  });

  test('P10: and does not tell whose it is stops nobody', () => {
    const runs = new IntegrationRuns();
    const damages = runs.load([{ item: undefined, damaged: new Damaged('x is damaged.') }, recordOf('a')]);
    expect([damages.length, ids(runs.all)]).toEqual([1, ['a']]);
  });
});

test('the oldest day is that of the oldest sync that is known of anybody', () => {
  const of = (hours: number) =>
    historyOf([stretch(2, 3), stretch(4, 5), stretch(6, hours, { closed: true })]);
  const runs = loaded(recordOf('a', of(30)), recordOf('b', of(100)), recordOf('c', of(50)));
  expect(runs.oldestDay).toBe(ago(100).slice(0, 10));
  expect(loaded().oldestDay).toBeUndefined();
  expect(loaded(recordOf('a', historyOf([]))).oldestDay).toBeUndefined();
  const reversed = loaded(recordOf('b', of(100)), recordOf('a', of(30)));
  expect(reversed.oldestDay).toBe(ago(100).slice(0, 10));
});

test('a fault of this program is thrown, and holds nobody back', () => {
  const runs = new IntegrationRuns();
  expect(() => runs.load([null as never])).toThrow(TypeError);
  const faulty = {
    item: 'integration#a',
    version: 1,
    get data(): unknown {
      throw new TypeError('A fault.');
    },
  };
  expect(() => runs.load([faulty])).toThrow('A fault.');
});

test('one that is met for the first time may have syncs in the lake: how it stands is looked up', () => {
  const runs = new IntegrationRuns();
  runs.takeNamed(['new']);
  expect(runs.byId.get('new')?.standing.facts.stale).toBe(true);
  const [a, b] = [loaded(recordOf('a')), loaded(recordOf('a'))];
  expect(a.byId.get('a')?.standing.facts.stale).toBe(false);
  b.takeNamed(['b']);
  expect(b.all.map((each) => [each.id, b.isDue(each)])).toEqual([
    ['a', false],
    ['b', true],
  ]);
});

test('whom the list names is to be exported, also such as were never met', () => {
  const runs = loaded(recordOf('a'));
  runs.takeKnown();
  runs.takeListed('a');
  runs.takeListed('new');
  expect(ids(runs.due)).toEqual(['a', 'new']);
});

test('one that was gone and is named again is back', () => {
  const runs = loaded(recordOf('a', whole(), { condition: 'gone' }));
  runs.takeKnown();
  expect(ids(runs.due)).toEqual([]);
  runs.takeListed('a');
  expect([conditions(runs), ids(runs.due)]).toEqual([{ a: 'present' }, ['a']]);
});

test('those that are named by hand are to be exported, and no others', () => {
  const runs = loaded(recordOf('a'), recordOf('b'));
  runs.takeNamed(['b', 'new']);
  expect(ids(runs.due)).toEqual(['b', 'new']);
});

describe('a denial', () => {
  test('fails all that are due, but for those of which everything is known', () => {
    const runs = loaded(recordOf('a'), recordOf('b'));
    runs.takeNamed(['a', 'b']);
    const done = runs.byId.get('a');
    done?.startHead();
    done?.next();
    done?.take(answerOf([1, 2]), asked());
    done?.proceed();
    runs.denyAll('The key is wrong.');
    expect(conditions(runs)).toEqual({ a: 'present', b: 'failing' });
  });

  test('of the list itself fails all that are known, but for those that are gone', () => {
    const runs = loaded(recordOf('a'), recordOf('b', whole(), { condition: 'gone' }));
    runs.takeKnown();
    runs.denyAll('The key is wrong.');
    expect(conditions(runs)).toEqual({ a: 'failing', b: 'gone' });
  });
});

test('P15: where nothing of a run can be kept, coverage says why of those that it was to export, and of nobody else', () => {
  const runs = loaded(recordOf('a'), recordOf('b'));
  runs.takeNamed(['a']);
  const states = runs.keptWith('No room.');
  expect(states.map(({ integrationId, condition, failure }) => [integrationId, condition, failure])).toEqual([
    ['a', 'failing', 'No room.'],
    ['b', 'present', null],
  ]);
});

describe('a run is complete', () => {
  test('when all that were due are complete or gone', () => {
    const runs = loaded(recordOf('a'), recordOf('b'));
    runs.takeNamed(['a', 'b']);
    const [a, b] = runs.due;
    expect(runs.isComplete).toBe(false);
    a?.startHead();
    a?.next();
    a?.take(answerOf([1, 2]), asked());
    a?.proceed();
    expect(runs.isComplete).toBe(false);
    b?.take({ kind: 'unknown_integration' }, asked());
    expect(runs.isComplete).toBe(false);
    b?.leave();
    expect(runs.isComplete).toBe(true);
  });
});

test('the receipt counts those that are due and present, and of their syncs those that may still change', () => {
  // The second one is over: a newer sync of its integration has started.
  const opens = [ago(1), ago(2)].map((start) => ({ start, place: null }));
  const runs = loaded(
    recordOf('a', historyOf([stretch(1, 2), stretch(5, 6)], { opens })),
    recordOf('b'),
    recordOf('c', historyOf([])),
  );
  runs.takeNamed(['a', 'b']);
  runs.byId.get('b')?.fail('No answer.');
  const receipt = newReceipt('w');
  runs.count(receipt);
  expect(receipt).toMatchObject({ integrations: { total: 2, failed: 1 }, gaps: 2, open: 1 });
});

test('the receipt of a run that could not read the list counts what is known', () => {
  const receipt = newReceipt('w');
  loaded(recordOf('a', historyOf([])), recordOf('b')).count(receipt);
  expect(receipt).toMatchObject({ integrations: { total: 2 }, gaps: 1 });
});

test('the receipt counts none that has gone in this run', () => {
  const runs = loaded(recordOf('a'), recordOf('b'));
  runs.takeNamed(['a', 'b']);
  runs.byId.get('b')?.leave();
  const receipt = newReceipt('w');
  runs.count(receipt);
  expect(receipt.integrations).toEqual({ total: 1, failed: 0 });
});
