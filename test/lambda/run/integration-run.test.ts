import { describe, expect, test } from 'vitest';
import {
  type IntegrationState,
  newIntegrationState,
  readIntegrationState,
} from '../../../lambda/checkpoint/integration-record.ts';
import { type Instant, instantOf, millisecondsOf } from '../../../lambda/rows/instant.ts';
import { IntegrationRun, type Recheck } from '../../../lambda/run/integration-run.ts';
import { readRows } from '../../../lambda/run/read-rows.ts';
import type { Answer } from '../../../lambda/run/requester.ts';
import { newStandingFacts } from '../../../lambda/standing/facts.ts';
import { gapsOf } from '../../../lambda/walk/history.ts';
import { newScans } from '../../../lambda/walk/scans.ts';
import type { Order } from '../../../lambda/walk/sorting.ts';
import { emptyTally } from '../../../lambda/walk/tally.ts';
import { MemoryCheckpointStore } from '../../simulation/lab/memory-checkpoint-store.ts';
import { parseSourced } from '../rows/parse-sourced.ts';
import { syncAt } from '../standing/judged.ts';
import { ago, answerOf, asked, historyOf, now, runOf, sourced, stretch } from './integrations.ts';

const refused: Answer = { kind: 'cursor_refused' };
const unknown: Answer = { kind: 'unknown_integration' };
const whole = () => historyOf([stretch(2, 9, { closed: true })], { proved: true });

/** As an earlier run has left it. */
const keptAs = (more: Partial<IntegrationState>) =>
  new IntegrationRun({ ...newIntegrationState('a'), history: whole(), ...more }, 1);

/** Reads the head, which is this answer. */
function readHead(integration: IntegrationRun, answer: Answer = answerOf([1, 2]), more = {}) {
  integration.startHead();
  integration.next();
  integration.isBeingAsked(now);
  return integration.take(answer, asked(null, more));
}

/** What is written of it. */
async function written(integration: IntegrationRun) {
  const store = new MemoryCheckpointStore();
  await integration.write(store, 'w');
  const record = await store.get('w', `integration#${integration.id}`);
  return record && readIntegrationState(record);
}

describe('an answer', () => {
  test('brings its rows, how many they were, and the newest and the oldest start', () => {
    const { rows, page, failure } = readHead(runOf('a'));
    expect(rows.map(({ row }) => 'start' in row && row.start)).toEqual([ago(1), ago(2)]);
    expect([page, failure]).toEqual([{ rows: 2, newest: ago(1), oldest: ago(2) }, undefined]);
  });

  test('P10: brings rows that can not be placed with the others, and they are no hindrance', () => {
    const results = [parseSourced('5'), sourced(1)];
    const integration = runOf('a');
    const { rows, page } = readHead(integration, { kind: 'page', results, links: {} });
    expect(rows.map(({ row }) => 'reason' in row)).toEqual([true, false]);
    expect(page).toEqual({ rows: 2, newest: ago(1), oldest: ago(1) });
    expect(integration.state.history.headAt).toBe(now);
  });

  test('P3: says of a row whether the lake must have it, as known before the answer', () => {
    const { rows } = readHead(runOf('a', whole()), answerOf([1, 2, 3]));
    expect(rows.map(({ isExpected }) => isExpected)).toEqual([false, true, true]);
  });

  test('P4: says it of no row of a list that is in no order', () => {
    const integration = runOf('a', { ...whole(), order: 'unordered', proved: false });
    integration.proceed();
    expect(integration.take(answerOf([2, 3]), asked()).rows.map(({ isExpected }) => isExpected)).toEqual([
      false,
      false,
    ]);
  });

  test('that a cursor is refused brings nothing, and the history stays', () => {
    const integration = runOf('a', whole());
    expect(readHead(integration, refused)).toEqual({ rows: [] });
    expect(integration.state.history).toEqual(whole());
  });

  test('P3: a link refused right after its page was read anew is the end; one that has waited may be stale', () => {
    const stands = (waitedMs: number) => {
      const integration = runOf('a', historyOf([]));
      readHead(integration, answerOf([1, 2], { next: 'on' }));
      integration.proceed();
      integration.take(refused, asked('on'));
      integration.proceed();
      integration.take(answerOf([1, 2], { next: 'on' }), asked(null));
      integration.proceed();
      const later = now + waitedMs;
      integration.take(refused, { ...asked('on', { now: later }), askedAt: later });
      return gapsOf(integration.state.history);
    };
    expect([stands(30_000), stands(30_001)]).toEqual([0, 1]);
  });
});

test('that answers come without a Link header shows in what is known and not on the page', () => {
  const ten = Array.from({ length: 10 }, (_, index) => index + 1);
  const integration = runOf('a', historyOf([stretch(1, 100)]));
  expect(integration.links).toBe('none needed');
  readHead(integration, answerOf(ten));
  expect(integration.links).toBe('missing');
});

test('a page tells which of its syncs are open', () => {
  const answer = { kind: 'page', results: [sourced(1, 'success'), sourced(2)], links: {} } as const;
  expect(readRows('a', answer, asked()).page).toMatchObject({
    starts: [ago(1), ago(2)],
    open: [ago(2)],
    count: 2,
  });
});

describe('an integration that the source does not know', () => {
  test('is not gone where the list decides: it is unknown, and its state stays as it was', () => {
    const integration = runOf('a');
    expect(readHead(integration, unknown)).toEqual({ rows: [] });
    expect([integration.isGone, integration.isUnknown]).toEqual([false, true]);
    expect([integration.isOver, integration.next()]).toEqual([true, undefined]);
    expect(integration.state).toMatchObject({ condition: 'present', failure: null });
  });

  test('is gone where it was named by hand and has been read before', () => {
    const integration = runOf('a', whole());
    expect(readHead(integration, unknown, { isListed: false })).toEqual({ rows: [] });
    expect(integration.isGone).toBe(true);
  });

  test('is a mistake where it was named by hand and never was', () => {
    const integration = runOf('a');
    const { failure } = readHead(integration, unknown, { isListed: false });
    expect(failure).toContain('Check the id.');
    expect(integration.state).toMatchObject({ condition: 'failing', failure });
  });

  test('is there again as soon as it answers, or is listed', () => {
    const answering = keptAs({ condition: 'gone' });
    readHead(answering);
    const listed = keptAs({ condition: 'gone' });
    listed.appear();
    expect([answering.state.condition, listed.state.condition]).toEqual(['present', 'present']);
  });
});

describe('an integration that fails', () => {
  test('is asked for nothing more, and its record says why', async () => {
    const integration = runOf('a');
    integration.startHead();
    integration.fail('No answer.');
    expect([integration.next(), integration.proceed(), integration.turnToOpenSyncs()]).toEqual([
      undefined,
      false,
      false,
    ]);
    expect(await written(integration)).toMatchObject({ condition: 'failing', failure: 'No answer.' });
  });

  test('is present again after a run that could read it', () => {
    const integration = keptAs({ condition: 'failing', failure: 'No answer.' });
    readHead(integration);
    integration.conclude();
    expect(integration.state).toMatchObject({ condition: 'present', failure: null });
  });

  test('P15: says what keeps its history from being whole, until it is', () => {
    const integration = runOf('a', historyOf([]));
    readHead(integration, answerOf([1, 2], { next: 'on' }));
    integration.proceed();
    // The same page again and again.
    integration.take(answerOf([3, 4], { next: 'on' }), asked('on'));
    integration.proceed();
    integration.conclude();
    expect(integration.state).toMatchObject({
      condition: 'present',
      failure: expect.stringContaining('circle'),
    });
    expect(integration.isComplete).toBe(false);
  });

  test('stays so when the list names it: only one that was gone is back', () => {
    const [failing, gone] = (['failing', 'gone'] as const).map((condition) => keptAs({ condition }));
    failing?.appear();
    gone?.appear();
    expect([failing?.state.condition, gone?.state.condition]).toEqual(['failing', 'present']);
  });

  test('P15: keeps its reason in a run that has not come to ask it', () => {
    const integration = keptAs({ condition: 'failing', failure: 'Earlier.' });
    integration.startHead();
    integration.conclude();
    expect(integration.state).toMatchObject({ condition: 'failing', failure: 'Earlier.' });
  });
});

describe('an integration that is held back', () => {
  const heldBack = () => {
    const integration = runOf('a', whole(), 3);
    readHead(integration, answerOf([1, 2, 3]));
    integration.holdBack('Its day is damaged.');
    return integration;
  };

  test('P2: has nothing written of it', async () => {
    expect(await written(heldBack())).toBeUndefined();
  });

  test('P15: publishes what is kept in the store, with the reason, and nothing that this run has read', () => {
    const integration = heldBack();
    expect(integration.state.history.headAt).toBe(now);
    expect(integration.published).toEqual({
      ...newIntegrationState('a'),
      history: whole(),
      condition: 'failing',
      failure: 'Its day is damaged.',
    });
  });

  test('stays so, whatever comes after', async () => {
    const integration = heldBack();
    integration.fail('No answer.');
    integration.leave();
    expect([integration.isHeldBack, integration.isGone]).toEqual([true, false]);
    expect(integration.published.failure).toBe('Its day is damaged.');
  });
});

describe('what is kept of an integration', () => {
  test('P15: is published as it is in memory, since it is written before coverage is', () => {
    const integration = runOf('a', whole(), 3);
    readHead(integration);
    expect(integration.published.history.headAt).toBe(now);
    expect(integration.kept.history.headAt).toBe(whole().headAt);
  });

  test('that is gone stays gone when nothing of a run can be kept', () => {
    const integration = keptAs({ condition: 'gone' });
    integration.appear();
    expect(integration.keptWith('No room.')).toMatchObject({ condition: 'gone', failure: 'No room.' });
  });

  test('P6: tells when it was asked first in this run', () => {
    const integration = runOf('a');
    integration.isBeingAsked(now);
    integration.isBeingAsked(now + 5000);
    expect(integration.state.checkedAt).toBe(now);
  });
});

describe('an integration is complete', () => {
  test('when its newest end was read, no gap is left, and its open syncs were looked for', () => {
    const integration = runOf('a');
    const steps = [integration.isComplete];
    readHead(integration, answerOf([1, 2], { next: 'on' }));
    integration.proceed();
    steps.push(integration.isComplete);
    integration.take(answerOf([3, 4], { prev: 'first' }), asked('on'));
    steps.push(integration.isComplete);
    expect([steps, integration.proceed()]).toEqual([[false, false, true], false]);
  });

  test('P3: no longer when a row shows that it is not whole', () => {
    const integration = runOf('a', whole());
    readHead(integration, answerOf([2, 3, 4]));
    integration.proceed();
    expect(integration.isComplete).toBe(true);
    integration.takeLate('2026-06-01', [ago(3)], false);
    expect([integration.isComplete, gapsOf(integration.state.history)]).toEqual([false, 1]);
  });
});

describe('P5: syncs that are open for more than seven days', () => {
  const opens = [{ start: ago(8 * 24), place: 'there' }];
  const old = () => historyOf([stretch(2, 200, { closed: true })], { opens: [...opens] });

  test('are given up once this run has looked for them, and not before', () => {
    const integration = runOf('a', old());
    integration.giveUpOldSyncs(now);
    expect(integration.state.history.opens).toEqual(opens);
    readHead(integration);
    integration.proceed();
    integration.take(answerOf([190, 195]), asked('there'));
    integration.giveUpOldSyncs(now);
    expect(integration.state.history).toMatchObject({ opens: [], abandoned: { '2026-05-24': 1 } });
  });

  test('are given up where their integration is gone, since nobody can look for them', () => {
    const integration = runOf('a', old());
    integration.leave();
    integration.giveUpOldSyncs(now);
    expect(integration.state.history.opens).toEqual([]);
  });
});

describe('P3: a row that the lake should have had', () => {
  const edges = ({ state }: IntegrationRun) =>
    state.history.stretches.map(({ newest, oldest, closed }) => [newest, oldest, closed]);
  /** So much older, to the millisecond, is what stays proved below. */
  const below = (start: Instant) => instantOf(millisecondsOf(start) - 1);
  /** Whole for two days, with the page from 20 to 23 hours ago read anew. */
  function reread(hours: readonly number[] = [20, 21, 22, 23]) {
    const integration = runOf(
      'a',
      historyOf([stretch(2, 48, { closed: true, place: 'deep' })], { lateRows: 3 }),
    );
    readHead(integration, answerOf([1, 2, 3], { next: 'second' }));
    integration.take(answerOf(hours, { prev: 'first', next: 'third' }), asked('second'));
    return integration;
  }

  test('and did not cuts its history below the page that it stood on; it is counted', () => {
    const integration = reread();
    integration.takeLate('2026-05-31', [ago(21), ago(22)], false);
    expect(edges(integration)).toEqual([
      [ago(1), ago(23), false],
      [below(ago(23)), ago(48), true],
    ]);
    expect(integration.state.history).toMatchObject({ lateRows: 5, stretches: [{ place: 'second' }, {}] });
    expect(integration.isComplete).toBe(false);
  });

  test('goes on through the gap from that page, until the history is whole again', () => {
    const integration = reread();
    integration.takeLate('2026-05-31', [ago(21)], false);
    integration.committed();
    integration.proceed();
    expect(integration.next()).toEqual({ cursor: 'second' });
    integration.take(answerOf([20, 21, 22, 23], { prev: 'first', next: 'third' }), asked('second'));
    expect(integration.next()).toEqual({ cursor: 'third' });
    integration.take(answerOf([24, 25], { prev: 'second', next: 'fourth' }), asked('third'));
    expect(edges(integration)).toEqual([[ago(1), ago(48), true]]);
  });

  test('and strays from the order of its page says nothing of its neighbours: it is counted, and cuts nothing', () => {
    const integration = reread([20, 21, 40, 22, 23]);
    integration.takeLate('2026-05-30', [ago(40)], false);
    expect(edges(integration)).toEqual([[ago(1), ago(48), true]]);
    expect(integration.state.history.lateRows).toBe(4);
  });

  test('and did not, like all of its day, cuts down to where the day begins', () => {
    const integration = reread([13, 14, 15, 16]);
    integration.takeLate('2026-05-31', [13, 14, 15, 16].map(ago), true);
    expect(edges(integration)).toEqual([
      [ago(1), ago(16), false],
      ['2026-05-30T23:59:59.999', ago(48), true],
    ]);
  });

  test('cuts below every page on which one stood', () => {
    const integration = reread();
    integration.take(answerOf([30, 31], { prev: 'second', next: 'fourth' }), asked('third'));
    integration.takeLate('2026-05-31', [ago(21), ago(31)], false);
    expect(edges(integration)).toEqual([
      [ago(1), ago(23), false],
      [below(ago(23)), ago(31), false],
      [below(ago(31)), ago(48), true],
    ]);
  });

  test('was not known before its page: then it is no surprise, and cuts nothing', () => {
    const integration = runOf('a', historyOf([stretch(2, 48, { closed: true })]));
    readHead(integration, answerOf([1, 2, 3], { next: 'second' }));
    integration.takeLate('2026-06-01', [ago(1)], false);
    expect(edges(integration)).toEqual([[ago(1), ago(48), true]]);
  });

  test('is that of this commit: after it, what was read before is in the lake', () => {
    const integration = reread();
    integration.committed();
    integration.takeLate('2026-05-31', [ago(21)], false);
    expect(edges(integration)).toEqual([[ago(1), ago(48), true]]);
  });

  test('P4: is looked for on no page of a list in no order', () => {
    const integration = runOf('a', { ...whole(), order: 'unordered', proved: false });
    integration.proceed();
    integration.take(answerOf([2, 3, 4]), asked());
    integration.takeLate('2026-06-01', [ago(3)], false);
    expect(gapsOf(integration.state.history)).toBe(0);
  });

  test('leaves the job in hand, which goes by what was held to be whole', () => {
    const integration = runOf('a', historyOf([stretch(2, 48)]));
    readHead(integration, answerOf([1, 2, 3], { next: 'second' }));
    integration.proceed();
    expect(integration.next()).toBeDefined();
    integration.takeLate('2026-06-01', [ago(3)], false);
    expect(integration.next()).toBeUndefined();
  });
});

describe('P3: P15: what the source says and nobody believes yet', () => {
  /** The list holds nothing any more, so many hours after it was first said. */
  function emptied(hoursAgo?: number) {
    const doubt =
      hoursAgo === undefined ? null : { kind: 'emptied' as const, since: millisecondsOf(ago(hoursAgo)) };
    const integration = runOf('a', { ...whole(), doubt });
    readHead(integration, answerOf([]));
    // One empty answer proves nothing, not even a doubt.
    integration.take(answerOf([]), asked(null));
    return integration;
  }

  test('is a failure, in a sentence, and its history claims nothing new', () => {
    const integration = emptied();
    const failure = integration.conclude();
    expect(failure).toContain('no sync of this integration any more');
    expect(integration.state).toMatchObject({ condition: 'failing', failure });
    expect(integration.state.history).toMatchObject({
      headAt: whole().headAt,
      empty: false,
      looks: { day: { last: null } },
    });
    expect(integration.isComplete).toBe(false);
  });

  test('is believed an hour later: then there is no failure, and it is whole up to when it was last touched', () => {
    const integration = emptied(1);
    expect(integration.conclude()).toBeUndefined();
    expect(integration.state).toMatchObject({ condition: 'present', failure: null });
    expect(integration.state.history).toMatchObject({ empty: true, doubt: null, headAt: whole().headAt });
  });

  test('is told again by a later run within the hour', () => {
    expect(emptied(0.99).conclude()).toContain('no sync of this integration any more');
  });

  test('is no failure any more where the source has shown the contrary', () => {
    const integration = runOf('a', { ...whole(), doubt: { kind: 'emptied', since: now } });
    readHead(integration);
    expect(integration.conclude()).toBeUndefined();
    expect(integration.state).toMatchObject({
      condition: 'present',
      failure: null,
      history: { doubt: null },
    });
  });

  test('is left as it was in a run that has not come to ask it', () => {
    const integration = runOf('a', { ...whole(), doubt: { kind: 'emptied', since: now } });
    expect(integration.conclude()).toBeUndefined();
    expect(integration.state.condition).toBe('present');
  });
});

describe('that a quarantine was seen to be empty', () => {
  const isEmptyAfter = (ms: number) => keptAs({ quarantineEmptyAt: now }).isQuarantineEmpty(now + ms);
  const dayMs = 24 * 3_600_000;

  test('P10: is believed from that moment on, for less than a day', () => {
    expect([isEmptyAfter(0), isEmptyAfter(dayMs - 1)]).toEqual([true, true]);
    expect(isEmptyAfter(dayMs)).toBe(false);
  });

  test('P10: is not believed under a clock that was set back, nor where nobody has seen it', () => {
    expect(isEmptyAfter(-1)).toBe(false);
    expect(keptAs({ quarantineEmptyAt: null }).isQuarantineEmpty(now)).toBe(false);
  });
});

describe('P7, P15: one that is limited again and again', () => {
  const failureOf = (isAlone: boolean, isAnsweredAfter = false): string | null => {
    const integration = runOf('a', historyOf([]));
    readHead(integration, answerOf([1, 2], { next: 'on' }));
    integration.wasLimited(isAlone);
    integration.proceed();
    if (isAnsweredAfter) integration.take(answerOf([3, 4], { next: 'further' }), asked('on'));
    integration.conclude();
    return integration.state.failure;
  };

  test('says that others were answered only where they were', () => {
    expect(failureOf(true)).toContain('for this integration, though it answered others');
    expect(failureOf(false)).toContain('429');
    expect(failureOf(false)).not.toMatch(/this integration|others|alone/);
  });

  test('says nothing of it once it was answered', () => {
    expect(failureOf(true, true)).toBeNull();
  });
});

describe('second looks', () => {
  test('are counted from when the history was whole first, and not before', () => {
    const integration = runOf('a', historyOf([]));
    readHead(integration, answerOf([1, 2], { next: 'on' }));
    integration.conclude();
    expect(integration.state.history.looks.month.last).toBeNull();
    integration.proceed();
    integration.take(answerOf([3, 4], { prev: 'first' }), asked('on'));
    integration.conclude();
    expect(integration.state.history.looks).toMatchObject({ day: { last: now }, month: { last: now } });
  });

  test.each<[Recheck, Instant]>([
    ['all', '0001-01-01T00:00:00' as Instant],
    [5 * 60 * 60_000, ago(5)],
  ])(
    'that a person asks for (%j) begin with the first request, and it is not complete before they end',
    (recheck, until) => {
      const state = { ...newIntegrationState('a'), history: whole() };
      const integration = new IntegrationRun(state, 1, { recheck });
      expect(integration.state.history.looks.asked.current).toBeNull();
      readHead(integration, answerOf([1, 2], { next: 'on' }));
      integration.proceed();
      expect(integration.state.history.looks.asked.current).toEqual({ until, began: now, place: null });
      expect(integration.isComplete).toBe(false);
      expect([integration.turnToSecondLook(now), integration.next()]).toEqual([true, { cursor: 'on' }]);
      integration.take(answerOf([3, 4, 9], { prev: 'first' }), asked('on'));
      expect([integration.isComplete, integration.turnToSecondLook(now)]).toEqual([true, false]);
    },
  );
});

describe('its newest syncs were read last', () => {
  const earlier = now - 20 * 60 * 60_000;
  const longList = { before: { began: earlier, pages: 50, tally: emptyTally } };
  const readAt = (
    recent: readonly number[],
    { order = 'unordered' as Order, headAt = earlier as number | null } = {},
  ) => {
    const scans = headAt === null ? newScans() : { ...newScans(), ...longList };
    const stretches = headAt === null ? [] : [stretch(1, 99, { closed: true })];
    const history = historyOf(stretches, { order, headAt, scans });
    const standing = {
      ...newStandingFacts(),
      recent: recent.map((hours) => syncAt(now - hours * 60 * 60_000)),
    };
    const integration = keptAs({ history, standing });
    readHead(integration, answerOf([2, 1, 4, 3, 6, 5, 8, 7], { next: 'on' }));
    return integration;
  };

  test('with the first page of a list in no order, where all of them stand on it', () => {
    expect(readAt([6, 5, 4, 3, 2, 1]).newestReadAt).toBe(now);
    expect(readAt([9, 5, 4, 3, 2, 1]).newestReadAt).toBe(earlier);
    expect(readAt([6, 5, 4, 3, 2, 0.5]).newestReadAt).toBe(earlier);
    expect(readAt([]).newestReadAt).toBe(earlier);
  });

  test('never, where nothing of such a list has been read to its end', () => {
    expect(readAt([2, 1], { headAt: null }).newestReadAt).toBeNull();
  });

  test('by what was kept, where this page was the first to show that there is no order', () => {
    const history = historyOf([stretch(1, 99, { closed: true })], { order: null, headAt: earlier });
    const standing = {
      ...newStandingFacts(),
      recent: [1, 2].map((hours) => syncAt(now - hours * 60 * 60_000)),
    };
    const integration = keptAs({ history, standing });
    readHead(integration, answerOf([2, 1, 4, 3, 6, 5, 8, 7], { next: 'on' }));
    expect(integration.state.history).toMatchObject({ order: 'unordered', scans: { headAt: null } });
    expect(integration.newestReadAt).toBe(earlier);
  });

  test('as the run before has left it, where it is held back', () => {
    const integration = readAt([6, 5, 4, 3, 2, 1]);
    integration.holdBack('An object is damaged.');
    expect(integration.newestReadAt).toBe(earlier);
  });
});
