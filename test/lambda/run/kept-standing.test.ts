/** What the record of an integration keeps to say how it stands. */
import { describe, expect, test } from 'vitest';
import { type IntegrationState, newIntegrationState } from '../../../lambda/checkpoint/integration-record.ts';
import { millisecondsOf } from '../../../lambda/rows/instant.ts';
import { KeptStanding, type StandingCourse } from '../../../lambda/run/kept-standing.ts';
import { newStandingFacts, type StandingFacts } from '../../../lambda/standing/facts.ts';
import type { SyncFact } from '../../../lambda/standing/sync-fact.ts';
import { ago, historyOf, now, stretch } from './integrations.ts';
import { noticeOf, openOf } from './telling-desk.ts';

const stateOf = (more: Partial<IntegrationState> = {}): IntegrationState => ({
  ...newIntegrationState('a'),
  history: historyOf([stretch(3, 9, { closed: true })]),
  ...more,
});
const keptOf = (state: IntegrationState, course: StandingCourse = {}) => new KeptStanding(state, course);

const factOf = (hours: number): SyncFact => ({
  start: millisecondsOf(ago(hours)),
  finish: null,
  status: 'success',
  rowsSynced: null,
  rowsFailed: null,
  timestampSynced: null,
});
const rowOf = (hours: number) => ({ start: ago(hours), final: true, fact: factOf(hours) });
const recent = ({ recent: syncs }: StandingFacts) => syncs.map(({ start }) => start);

describe('what is to be told', () => {
  test('stands in the outbox at once, with what is open, and counts when the record was written', () => {
    const kept = keptOf(stateOf());
    const [first, second] = [noticeOf('1', 'raised'), noticeOf('2', 'raised')];
    kept.announce([openOf('1')], [{ notice: first, sinks: ['topic'] }]);
    kept.announce([openOf('1'), openOf('2')], [{ notice: second, sinks: ['topic'] }]);
    expect(kept.facts.open).toEqual([openOf('1'), openOf('2')]);
    expect(kept.facts.outbox).toEqual([first, second].map((notice) => ({ notice, sinks: ['topic'] })));
    expect(kept.announced).toEqual([]);
    kept.written();
    expect(kept.announced).toEqual([first, second]);
  });

  test('counts once, however often the record is written', () => {
    const kept = keptOf(stateOf());
    kept.announce([], [{ notice: noticeOf('1', 'raised'), sinks: [] }]);
    kept.written();
    kept.announce([], [{ notice: noticeOf('2', 'raised'), sinks: [] }]);
    kept.written();
    kept.written();
    expect(kept.announced.map(({ id }) => id)).toEqual(['1', '2']);
  });
});

describe('the facts', () => {
  test('are stale where the lake may have more than the record knows, and not else', () => {
    const isLakeAhead = (id: string) => id === 'a';
    expect(keptOf(stateOf(), { isLakeAhead }).facts.stale).toBe(true);
    expect(keptOf(stateOf({ integrationId: 'b' }), { isLakeAhead }).facts.stale).toBe(false);
    expect(keptOf(stateOf()).facts.stale).toBe(false);
  });

  test('follow the rows of a day, those that are stale do not', () => {
    const kept = keptOf(stateOf());
    kept.takeDay([rowOf(2), rowOf(1)], new Set([ago(1)]));
    expect(recent(kept.facts)).toEqual([factOf(2).start, factOf(1).start]);
    const stale = keptOf(stateOf({ standing: { ...newStandingFacts(), stale: true } }));
    stale.takeDay([rowOf(2), rowOf(1)], new Set([ago(1)]));
    expect(recent(stale.facts)).toEqual([]);
  });

  /** What has started five hours ago and before is added up. */
  const addedUp = () => {
    const standing = newStandingFacts();
    return stateOf({ standing: { ...standing, older: { ...standing.older, to: factOf(5).start } } });
  };

  test('of what was added up ask no more than whether it has changed', () => {
    const kept = keptOf(addedUp());
    kept.takeDay([rowOf(6), rowOf(5), rowOf(4)], new Set());
    expect([recent(kept.facts), kept.facts.stale]).toEqual([[factOf(4).start], false]);
    kept.takeDay([rowOf(6), rowOf(5), rowOf(4)], new Set([ago(6)]));
    expect(kept.facts.stale).toBe(true);
  });

  test('are stale where a sync turns up among those that were added up, though the lake had it before', () => {
    const kept = keptOf(addedUp());
    // Older than all that the record holds.
    kept.takeDay([rowOf(10)], new Set());
    expect(kept.facts.stale).toBe(true);
  });

  test('are stale where two syncs of one moment are divided between what is added up and what is not', () => {
    const state = addedUp();
    state.standing = { ...state.standing, recent: [factOf(5)] };
    const kept = keptOf(state);
    kept.takeDay([rowOf(5)], new Set());
    expect(kept.facts.stale).toBe(true);
  });
});

describe('syncs that have finished', () => {
  test('wait to be told, where somebody wants to hear of them, until he was told', () => {
    const kept = keptOf(stateOf(), { tellsFinished: true });
    kept.takeDay([rowOf(2), rowOf(1)], new Set([ago(1)]));
    expect(kept.finished).toEqual([ago(2), ago(1)]);
    kept.wasTold(ago(2));
    expect(kept.finished).toEqual([ago(1)]);
  });

  test('in a list in no order, are those that have changed in the lake', () => {
    const history = historyOf([stretch(9, 20)], { order: 'unordered' });
    const facts = { ...newStandingFacts(), recent: [factOf(1)] };
    const kept = keptOf(stateOf({ history, standing: facts }), { tellsFinished: true });
    kept.takeDay([rowOf(5), rowOf(3), rowOf(1)], new Set([ago(3)]));
    expect(kept.finished).toEqual([ago(3)]);
  });

  test('wait for nobody else', () => {
    const kept = keptOf(stateOf());
    kept.takeDay([rowOf(1)], new Set([ago(1)]));
    expect(kept.finished).toEqual([]);
  });
});

describe('where reading has to go on', () => {
  const edgeOf = (...stretches: ReturnType<typeof stretch>[]) => {
    const state = stateOf({ history: historyOf(stretches) });
    keptOf(state).noteGap(now);
    return state.gapEdge;
  };
  const at = (hours: number) => ({ at: millisecondsOf(ago(hours)), since: now });

  test('is below the oldest stretch that is not closed', () => {
    expect(edgeOf(stretch(1, 9))).toEqual(at(9));
    expect(edgeOf(stretch(1, 3), stretch(5, 9, { closed: true }))).toEqual(at(3));
    expect(edgeOf(stretch(1, 3), stretch(5, 9))).toEqual(at(9));
  });

  test('is nowhere where nothing is missing, and nobody knows it before the first page', () => {
    expect(edgeOf(stretch(1, 9, { closed: true }))).toBeNull();
    expect(edgeOf()).toBeNull();
  });

  test('is remembered with since when it has been there', () => {
    const gapEdge = { ...at(9), since: now - 5000 };
    const state = stateOf({ history: historyOf([stretch(1, 9)]), gapEdge });
    keptOf(state).noteGap(now);
    expect(state.gapEdge).toEqual(gapEdge);
  });
});
