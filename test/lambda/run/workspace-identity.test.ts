import { describe, expect, test } from 'vitest';
import { newWorkspaceFacts, type Source } from '../../../lambda/checkpoint/workspace-facts.ts';
import { ForeignSource } from '../../../lambda/errors/foreign-source.ts';
import { WorkspaceIdentity } from '../../../lambda/run/workspace-identity.ts';

const here = 'rest.fra-01.braze.eu';
const elsewhere = 'rest.iad-05.braze.com';

interface Run {
  readonly source?: Source | null;
  /** Null: not known. */
  readonly host?: string | null;
  readonly isByHand?: boolean;
  /** app_group_ids of the integrations in the lake. */
  readonly inLake?: readonly string[];
  /** app_group_ids of the pages of the list. */
  readonly pages?: readonly (readonly (string | null)[])[];
}

/** @returns the source that is kept afterwards, and what there was to write at each step. */
function run({ source = null, host = here, isByHand = false, inLake = [], pages = [] }: Run) {
  const facts = { ...newWorkspaceFacts(), source };
  const identity = new WorkspaceIdentity(facts, { workspace: 'shop', host, isByHand });
  const writes = [identity.begin(new Set(inLake))];
  for (const page of pages) writes.push(identity.meet(page.map((appGroupId) => ({ appGroupId }))));
  return { source: facts.source, writes };
}

const refusing = (what: Run) => () => run(what);
const caught = (refused: () => unknown): unknown => {
  try {
    return refused();
  } catch (error) {
    return error;
  }
};
const x: Source = { host: here, appGroupId: 'x' };

describe('P19: whose workspace it is', () => {
  test('is what the first page of the list names, and is written at once', () => {
    expect(run({ pages: [['x', 'x'], ['x']] })).toEqual({ source: x, writes: [false, true, false] });
  });

  test('stays what it is, and nothing is written', () => {
    expect(run({ source: x, pages: [['x'], ['x', null]] })).toEqual({
      source: x,
      writes: [false, false, false],
    });
  });

  test('the key of another workspace is refused with a sentence that says what to do', () => {
    const other = refusing({ source: x, pages: [['y']] });
    expect(other).toThrow(ForeignSource);
    expect(other).toThrow(
      /kept as shop: its app_group_id is y, and not x\. Nothing was written\. .*--workspace, --data/,
    );
  });

  test('also where it takes over in the midst of the list', () => {
    expect(refusing({ source: x, pages: [['x'], ['y']] })).toThrow(ForeignSource);
  });

  test('a page that names several makes none of them its own, and is taken where its own is among them', () => {
    expect(run({ pages: [['x', 'y']] }).source).toEqual({ host: here, appGroupId: null });
    expect(run({ source: x, pages: [['y', 'x']] }).source).toEqual(x);
    expect(refusing({ source: x, pages: [['y', 'z']] })).toThrow('y, z');
  });

  test.each([
    ['none', [null, null]],
    ['nobody', []],
  ])('a page that names %s changes nothing', (_, page) => {
    expect(run({ source: x, pages: [page] })).toEqual({ source: x, writes: [false, false] });
  });

  test('the same at another host has moved', () => {
    expect(run({ source: x, host: elsewhere, pages: [['x']] })).toEqual({
      source: { host: elsewhere, appGroupId: 'x' },
      writes: [false, true],
    });
  });
});

describe('P19: another host', () => {
  const byHost: Source = { host: here, appGroupId: null };

  test('is refused before anything is asked where the app_group_id is not known', () => {
    expect(refusing({ source: byHost, host: elsewhere })).toThrow(
      `read from ${here}, and not from ${elsewhere}`,
    );
    expect(refusing({ source: byHost, host: elsewhere, isByHand: true })).toThrow(ForeignSource);
  });

  test('is refused where integrations are named by hand, and the sentence tells the way out', () => {
    expect(refusing({ source: x, host: elsewhere, isByHand: true })).toThrow('without naming integrations');
  });

  test.each([
    ['rows without an app_group_id', [null, null]],
    ['nobody', []],
  ])('is refused where the app_group_id is known and its list names %s', (_, page) => {
    const unnamed = refusing({ source: x, host: elsewhere, pages: [page] });
    expect(unnamed).toThrow(ForeignSource);
    expect(unnamed).toThrow(`read from ${here}, and not from ${elsewhere}`);
  });

  test('has become the own one with its first page: rows without an app_group_id may follow', () => {
    expect(run({ source: x, host: elsewhere, pages: [['x'], [null]] })).toEqual({
      source: { host: elsewhere, appGroupId: 'x' },
      writes: [false, true, false],
    });
  });

  test('integrations that are named by hand keep the host at once', () => {
    expect(run({ isByHand: true })).toEqual({ source: byHost, writes: [true] });
    expect(run({ source: byHost, isByHand: true })).toEqual({ source: byHost, writes: [false] });
    expect(run({ source: x, isByHand: true })).toEqual({ source: x, writes: [false] });
  });

  test('the app_group_id is learned later, at the same host', () => {
    expect(run({ source: byHost, pages: [['x']] }).source).toEqual(x);
  });
});

describe('P19: a host that is not known', () => {
  test('is none that could be another, and what is kept stays', () => {
    for (const isByHand of [true, false]) {
      const kept = run({ source: x, host: null, isByHand, pages: [['x'], [null]] });
      expect(kept).toEqual({ source: x, writes: [false, false, false] });
    }
  });

  test('is learned from a run that knows it, also where its list names no app_group_id', () => {
    const source = { host: null, appGroupId: 'x' };
    expect(run({ source, pages: [[null]] })).toEqual({ source: x, writes: [false, true] });
  });
});

test('P19: a workspace is new until a run has seen a source: a list that names nobody shows none', () => {
  const facts = newWorkspaceFacts();
  const identity = new WorkspaceIdentity(facts, { workspace: 'shop', host: here, isByHand: false });
  expect([identity.isNew, identity.meet([]), identity.isNew]).toEqual([true, false, true]);
  expect(identity.meet([{ appGroupId: null }])).toBe(true);
  expect([identity.isNew, facts.source]).toEqual([false, { host: here, appGroupId: null }]);
});

describe('P19: the simulated Braze', () => {
  const simulated: Source = { host: 'simulated', appGroupId: null };

  test('keeps no app_group_id: the next version may have another', () => {
    expect(run({ host: 'simulated', pages: [['s']] }).source).toEqual(simulated);
    expect(run({ source: simulated, host: 'simulated', pages: [['t']] }).source).toEqual(simulated);
  });

  test.each([true, false])('is refused where a real one was exported (named by hand: %s)', (isByHand) => {
    const simulatedOne = refusing({ source: x, host: 'simulated', isByHand });
    expect(simulatedOne).toThrow(/simulated Braze .* of a real one/);
    expect(caught(simulatedOne)).toBeInstanceOf(ForeignSource);
  });

  test.each([true, false])('a real one is refused where it was exported (named by hand: %s)', (isByHand) => {
    expect(refusing({ source: simulated, isByHand })).toThrow(/real Braze .* of the simulated one/);
  });
});

describe('P20: a lake of an earlier version', () => {
  test('belongs to whom its integrations name', () => {
    expect(run({ inLake: ['x'], pages: [['x']] }).source).toEqual(x);
    expect(refusing({ inLake: ['x'], pages: [['y']] })).toThrow(ForeignSource);
    expect(run({ inLake: ['x'], isByHand: true }).source).toEqual(x);
  });

  test('the simulated one’s and a real one’s are told apart', () => {
    expect(refusing({ inLake: ['x'], host: 'simulated', pages: [['s']] })).toThrow(ForeignSource);
    expect(run({ inLake: ['s'], host: 'simulated', pages: [['s']] }).source).toEqual({
      host: 'simulated',
      appGroupId: null,
    });
  });

  test.each([[[]], [['x', 'y']]])(
    'of which the integrations name %j belongs to the first that is seen',
    (inLake) => {
      expect(run({ inLake, pages: [['z']] }).source).toEqual({ host: here, appGroupId: 'z' });
    },
  );
});
