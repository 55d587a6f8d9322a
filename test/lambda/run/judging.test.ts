/** How each integration stands at the end of a run: what is looked up, judged, and kept to be told. */
import { beforeEach, describe, expect, test } from 'vitest';
import { type IntegrationState, newIntegrationState } from '../../../lambda/checkpoint/integration-record.ts';
import { newWorkspaceFacts, type WorkspaceFacts } from '../../../lambda/checkpoint/workspace-facts.ts';
import { joinDay } from '../../../lambda/lake/sync-day.ts';
import { Failures } from '../../../lambda/run/failures.ts';
import { IntegrationRun } from '../../../lambda/run/integration-run.ts';
import type { IntegrationRuns } from '../../../lambda/run/integration-runs.ts';
import { newReceipt } from '../../../lambda/run/receipt.ts';
import { type ListedNow, Standings } from '../../../lambda/run/standings.ts';
import { syncsKey } from '../../../lambda/schema/keys.ts';
import { newStandingFacts, type StandingFacts } from '../../../lambda/standing/facts.ts';
import { dayAt, dayMs, hourMs, minuteMs } from '../../../lambda/standing/periods.ts';
import { newPromise } from '../../../lambda/standing/promise.ts';
import { withHabit } from '../../../lambda/standing/with-habit.ts';
import type { History } from '../../../lambda/walk/history.ts';
import { newHistory } from '../../../lambda/walk/history.ts';
import type { Order } from '../../../lambda/walk/sorting.ts';
import { MemoryObjectStore } from '../../simulation/lab/memory-object-store.ts';
import { alertPorts, RecordingSink } from '../../simulation/lab/recording-sink.ts';
import { placed } from '../rows/rows.ts';
import { syncAt, syncsUntil } from '../standing/judged.ts';
import { historyOf, now, stretch } from './integrations.ts';
import { openOf } from './telling-desk.ts';

const began = now - minuteMs;
const today = dayAt(now);

/** Hourly syncs up to an hour ago, all of which are known. */
const syncs = syncsUntil(now - hourMs, 5, hourMs);
const factsOf = (more: Partial<StandingFacts> = {}): StandingFacts =>
  withHabit({ ...newStandingFacts(), recent: syncs, ...more }, today, syncs);

interface Given extends Partial<IntegrationState> {
  readonly facts?: Partial<StandingFacts>;
}

/** One that this run has read, and that stands as the run before has left it but for that. */
function kept(id: string, { facts = {}, ...state }: Given = {}): IntegrationRun {
  const history = historyOf([stretch(1, 5, { closed: true })], { headAt: now, proved: true });
  return new IntegrationRun({ ...newIntegrationState(id), history, standing: factsOf(facts), ...state }, 1);
}

interface Course {
  readonly listed?: Readonly<Record<string, object>>;
  /** Whom this run has seen listed; default: all that are listed. */
  readonly seen?: readonly string[];
  readonly isHeard?: boolean;
  readonly behindMs?: number;
  readonly deadline?: number;
  readonly denied?: string;
  readonly refusedShare?: number;
  readonly lateGraceMs?: number;
  readonly muted?: readonly string[];
  readonly hasAlerts?: boolean;
}

let objects: MemoryObjectStore;
/** Days of the lake that were read. */
let read: string[];
let readMs: number;
let time: number;
let workspace: WorkspaceFacts;
beforeEach(() => {
  objects = new MemoryObjectStore();
  read = [];
  readMs = 0;
  time = now;
  workspace = newWorkspaceFacts();
});

const line = (id: string, more: object = {}) =>
  JSON.stringify({
    integration_id: id,
    integration_name: id,
    integration_type: null,
    integration_status: 'active',
    next_scheduled_run: null,
    listed: true,
    ...more,
  });

async function judged(integrations: readonly IntegrationRun[], course: Course = {}): Promise<Standings> {
  const { listed = {}, isHeard = true, behindMs = 0, deadline = Number.POSITIVE_INFINITY, denied } = course;
  const { refusedShare = 0.01, lateGraceMs, muted = [], hasAlerts = true } = course;
  const get = async (key: string) => {
    if (key.startsWith('syncs/')) read.push(/dt=(.{10})/.exec(key)?.[1] ?? '');
    time += readMs;
    return await objects.get(key);
  };
  const standings = new Standings({
    ports: {
      workspace: 'w',
      objects: { get, put: objects.put.bind(objects) },
      receipt: newReceipt('w'),
      now: () => time,
    },
    integrations: {
      all: integrations,
      byId: new Map(integrations.map((each) => [each.id, each])),
    } as unknown as IntegrationRuns,
    failures: new Failures(() => {}),
    alerts: hasAlerts
      ? {
          ...alertPorts([new RecordingSink('topic')]),
          settings: { refusedShare, lateGraceMs, muted: new Set(muted) },
        }
      : undefined,
    facts: workspace,
    began,
    deadline,
  });
  if (denied !== undefined) standings.ofWorkspace.deny(denied);
  const seen: ListedNow['seen'] = new Set(course.seen ?? Object.keys(listed));
  const lines = new Map(Object.entries(listed).map(([id, more]) => [id, line(id, more)]));
  await standings.judge({ lines, seen, isHeard, askedFrom: began, behindMs });
  return standings;
}

test('a wrong id was never there: gone, neither read nor listed, and without a sync', async () => {
  const unread = { history: newHistory(), condition: 'gone' } as const;
  const wrong = { ...unread, facts: { recent: [] } };
  const never = async (given: Given, listed = {}) => {
    const integration = kept('a', given);
    const standings = await judged([integration], { listed });
    return [standings.wasNeverThere(integration.state), standings.of('a')?.troubles.length];
  };
  expect(await never(wrong)).toEqual([true, 0]);
  expect(await never(wrong, { a: { listed: false } })).toEqual([false, 1]);
  expect(await never({ ...unread, facts: { recent: syncs } })).toEqual([false, 1]);
  expect(await never({ ...wrong, history: { ...newHistory(), headAt: now } })).toEqual([false, 1]);
  expect((await never({ ...wrong, condition: 'failing' }))[0]).toBe(false);
});

describe('the list', () => {
  test('tells the name, and whether it is paused', async () => {
    const listed = { a: { integration_name: 'Users', integration_status: 'paused' } };
    const standings = await judged([kept('a'), kept('b')], { listed });
    expect([standings.listedOf('a')?.name, standings.listedOf('b')]).toEqual(['Users', null]);
    expect(['a', 'b'].map((id) => standings.of(id)?.state)).toEqual(['paused', 'resting']);
  });

  const promises = { a: { next_scheduled_run: '2026-06-01 12:30:00.000' } };
  const promised = Date.UTC(2026, 5, 1, 12, 30);
  const pending = ({ state }: IntegrationRun) => state.standing.promise.pending;
  const readAt = (headAt: number | null) =>
    kept('a', { history: historyOf([stretch(1, 5, { closed: true })], { headAt, proved: true }) });

  test('makes promises, where this run has seen it listed and has read its newest syncs', async () => {
    for (const headAt of [now, began]) {
      const integration = readAt(headAt);
      await judged([integration], { listed: promises });
      expect(pending(integration)).toBe(promised);
    }
  });

  test('withdraws one that had not come yet, and none that had by Braze’s clock', async () => {
    const promise = { ...newPromise(), pending: now + 5 * minuteMs };
    const hourLater = { a: { next_scheduled_run: '2026-06-01 13:05:00.000' } };
    const left = async (behindMs: number) => {
      const integration = kept('a', { facts: { promise } });
      await judged([integration], { listed: hourLater, behindMs });
      return pending(integration);
    };
    expect(await left(0)).toBe(promise.pending + hourMs);
    expect(await left(5 * minuteMs - 1)).toBe(promise.pending + hourMs);
    expect(await left(5 * minuteMs)).toBe(promise.pending);
  });

  test('makes promises that may be overdue for as long as a person has set, or for ten minutes', async () => {
    const listed = { a: { next_scheduled_run: '2026-06-01 11:45:00.000' } };
    const isLate = async (course: Course) => (await judged([kept('a')], { listed, ...course })).of('a')?.late;
    expect(await isLate({})).toBe(true);
    expect(await isLate({ hasAlerts: false })).toBe(true);
    expect(await isLate({ lateGraceMs: 14 * minuteMs })).toBe(true);
    expect(await isLate({ lateGraceMs: 16 * minuteMs })).toBe(false);
  });

  test('makes none where one of the two is of an earlier run', async () => {
    for (const [headAt, seen] of [
      [began - 1, ['a']],
      [null, ['a']],
      [now, []],
    ] as const) {
      const integration = readAt(headAt);
      await judged([integration], { listed: promises, seen });
      expect(pending(integration)).toBeNull();
    }
  });
});

describe('what is remembered of a run', () => {
  test('is since when it could not be read, and where reading has to go on', async () => {
    const history = historyOf([stretch(1, 3)], { headAt: now });
    const integration = kept('a', { condition: 'failing', failure: 'No answer.', history });
    await judged([integration]);
    expect(integration.state.standing.unreadableSince).toBe(now);
    expect(integration.state.gapEdge).toEqual({ at: now - 3 * hourMs, since: now });
  });

  test('is nothing of the reading where nobody could be read: that is told of the workspace', async () => {
    const integration = kept('a', { condition: 'failing', failure: 'The key is refused.' });
    const standings = await judged([integration], { denied: 'The key is refused.' });
    expect(integration.state.standing.unreadableSince).toBeNull();
    expect(standings.ofWorkspace.isDenied).toBe(true);
    expect(workspace.deniedSince).toBe(now);
  });

  test('is nothing at all where it is held back', async () => {
    const integration = kept('a', { history: historyOf([stretch(1, 3)], { headAt: now }) });
    integration.holdBack('Its record is damaged.');
    await judged([integration]);
    expect(integration.state.standing.unreadableSince).toBeNull();
    expect(integration.state.gapEdge).toBeNull();
  });
});

describe('an incident', () => {
  /** The newest sync has failed. */
  const failing = (): Given => ({
    facts: { recent: [...syncs.slice(0, -1), syncAt(now - hourMs, { status: 'error' })] },
  });

  test('is kept to be told, and stands with how it stands', async () => {
    const integration = kept('a', failing());
    const standings = await judged([integration]);
    const [open] = integration.state.standing.open;
    expect(open).toMatchObject({ kind: 'failed', told: true });
    expect(integration.state.standing.outbox).toMatchObject([{ sinks: ['topic'] }]);
    expect(standings.of('a')?.incidents).toEqual([open?.id]);
  });

  test('is kept, and told of nowhere, where the integration is muted', async () => {
    const integration = kept('a', failing());
    await judged([integration, kept('b', failing())], { muted: ['a'] });
    expect(integration.state.standing.open).toMatchObject([{ told: false }]);
    expect(integration.state.standing.outbox).toEqual([]);
  });

  test('is kept where there is nobody to be told', async () => {
    const integration = kept('a', failing());
    await judged([integration], { hasAlerts: false });
    expect(integration.state.standing.outbox).toMatchObject([{ sinks: [] }]);
  });

  test('that the workspace’s record holds stands beside its own', async () => {
    workspace.heldBack = new Map([['a', now - 5 * hourMs]]);
    workspace.incidents = new Map([
      ['a', { open: [{ ...openOf('held'), kind: 'not_exported' }], outbox: [] }],
    ]);
    const old = historyOf([stretch(1, 5, { closed: true })], { headAt: began - 1, proved: true });
    const unread = kept('a', { ...failing(), history: old });
    const standings = await judged([unread, kept('b', failing())]);
    const own = unread.state.standing.open.map(({ id }) => id);
    expect(standings.of('a')?.incidents).toEqual([...own, 'held']);
    expect(standings.of('b')?.incidents).toHaveLength(1);
  });

  test('of one that is no longer held back ends with how that one stands', async () => {
    workspace.incidents = new Map([
      ['a', { open: [{ ...openOf('held'), kind: 'not_exported' }], outbox: [] }],
    ]);
    await judged([kept('a')]);
    const [entry] = workspace.incidents.get('a')?.outbox ?? [];
    expect(entry?.notice.reason).toMatch(/^It is over\. /);
    expect(entry?.notice.reason).not.toContain('no longer known');
  });
});

describe('the lake is asked', () => {
  test('for nothing where all is known', async () => {
    await judged([kept('a')]);
    expect(read).toEqual([]);
  });

  test('for the days of who is stale, from tomorrow down to some below its oldest sync, and of nobody else', async () => {
    const integration = kept('a', { facts: { stale: true } });
    await judged([integration, kept('b')]);
    expect([read.toSorted()[0], read.toSorted().at(-1)]).toEqual(['2026-05-26', '2026-06-02']);
    expect(integration.state.standing.stale).toBe(false);
  });

  test('also of one that is gone, where it is stale, but not for its habit', async () => {
    const gone = (facts: Partial<StandingFacts>) => {
      const integration = kept('a', { facts: { ...facts }, condition: 'gone' });
      integration.leave();
      return integration;
    };
    await judged([gone({ stale: true })]);
    expect(read.length).toBeGreaterThan(0);
    read.length = 0;
    const rested = gone({});
    rested.standing.keep({ ...rested.standing.facts, habit: null });
    await judged([rested]);
    expect(read).toEqual([]);
  });

  test('for nothing of one that is held back', async () => {
    const integration = kept('a', { facts: { stale: true } });
    integration.holdBack('Its record is damaged.');
    await judged([integration]);
    expect(read).toEqual([]);
  });

  test('for all where the share of refused rows is another, and where nobody has said one, it is one in a hundred', async () => {
    await judged([kept('a')], { refusedShare: 0.2 });
    expect(read.length).toBeGreaterThan(0);
    read.length = 0;
    await judged([kept('a', { facts: { refusedShare: 0.2 } })], { hasAlerts: false });
    expect(read.length).toBeGreaterThan(0);
    read.length = 0;
    await judged([kept('a')], { hasAlerts: false });
    expect(read).toEqual([]);
  });

  test.each<[boolean, string, number | null, number | null, Order]>([
    [true, 'for the first time', null, now - hourMs, 'newest_first'],
    [true, 'once more', now - dayMs, now - hourMs, 'oldest_first'],
    [false, 'by an earlier run', now - hourMs, now - hourMs, 'newest_first'],
    [false, 'as a list in no order is all the time', now - dayMs, now - hourMs, 'unordered'],
  ])('%s for one of which all was read again, %s', async (isMadeAnew, _, before, recheckedAt, order) => {
    const history = historyOf([stretch(1, 5, { closed: true })], { headAt: now, proved: true });
    const integration = kept('a', { history: { ...history, recheckedAt: before, order } });
    Object.assign(integration.state.history, { recheckedAt });
    await judged([integration]);
    // The lake has none of them.
    expect(integration.state.standing.recent.length === 0).toBe(isMadeAnew);
  });

  test('which is left for the next run where there was no time', async () => {
    const integration = kept('a');
    Object.assign(integration.state.history, { recheckedAt: now });
    readMs = minuteMs;
    await judged([integration], { deadline: now });
    expect(integration.state.standing.stale).toBe(true);
  });

  test('down to the oldest sync that is known from anywhere', async () => {
    const lowest = async (state: Given) => {
      read.length = 0;
      await judged([kept('a', { ...state, facts: { stale: true, ...state.facts } })]);
      return read.toSorted()[0];
    };
    const day = (days: number) => dayAt(now - days * dayMs);
    const daysBelow = 6;
    const older = newStandingFacts().older;
    const at = (days: number) => now - days * dayMs;
    const history = (days: number) =>
      historyOf([stretch(1, 2), stretch(3, days * 24, { closed: true })], { headAt: now });
    expect(await lowest({ history: history(20) })).toBe(day(20 + daysBelow));
    expect(await lowest({ facts: { recent: [syncAt(at(15)), ...syncs] } })).toBe(day(15 + daysBelow));
    expect(await lowest({ facts: { older: { ...older, to: at(10) } } })).toBe(day(10 + daysBelow));
  });

  test('four hundred days at the most', async () => {
    await judged([kept('a', { history: historyOf([stretch(1, 24 * 600)]), facts: { stale: true } })]);
    expect(new Set(read).size).toBe(400);
  });

  test('as long as a tenth of the run, or twenty seconds of a long one, after its last request', async () => {
    const lookedUp = async (deadline: number) => {
      time = now;
      read.length = 0;
      const many = historyOf([stretch(1, 24 * 600, { closed: true })], { headAt: now });
      await judged([kept('a', { history: many, facts: { stale: true } })], { deadline: now + deadline });
      return read.length;
    };
    readMs = 1000;
    // Thirty-eight at once, and then sixteen, which end after the ten seconds that it may take.
    expect(await lookedUp(40_000)).toBe(38 + 16);
    readMs = 2000;
    // What was begun is read to its end: sixteen days at once.
    expect(await lookedUp(0)).toBeLessThan(50);
    expect(await lookedUp(100_000)).toBeGreaterThanOrEqual(55);
    expect(await lookedUp(100_000)).toBeLessThan(55 + 16);
    expect(await lookedUp(400_000)).toBeGreaterThanOrEqual(210);
    expect(await lookedUp(400_000)).toBeLessThan(210 + 16);
  });

  test('and who could not be looked up in time is told of nowhere', async () => {
    const integration = kept('a', {
      facts: { stale: true, recent: [syncAt(now - hourMs, { status: 'error' })] },
    });
    readMs = hourMs;
    await judged([integration], { deadline: now });
    expect(integration.state.standing).toMatchObject({ stale: true, open: [] });
  });

  test('and what it says counts', async () => {
    const start = new Date(now - 2 * hourMs).toISOString();
    const row = placed({ job_status: 'error', sync_start_time: start, sync_finish_time: start }, 'a');
    const { body } = await joinDay(undefined, 'day', [row]);
    if (body) await objects.put(syncsKey('w', today), body, undefined);
    const integration = kept('a', { facts: { stale: true, recent: [] } });
    const standings = await judged([integration]);
    expect(standings.of('a')?.state).toBe('failing');
    expect(integration.state.standing.open).toMatchObject([{ kind: 'failed' }]);
  });
});

test('what an incident says is no surer than what was read: a success may hide in a gap', async () => {
  const failed = { facts: { recent: [syncAt(now - hourMs, { status: 'error' })] } };
  const reasonOf = async (history: History) => {
    const integration = kept('a', { ...failed, history });
    await judged([integration]);
    return integration.state.standing.open[0]?.reason;
  };
  expect(await reasonOf(historyOf([stretch(1, 5)], { headAt: now }))).toMatch(/In what has been read of it/);
  expect(await reasonOf(historyOf([], { headAt: now }))).toMatch(/In what has been read of it/);
  expect(await reasonOf(historyOf([stretch(1, 5, { closed: true })], { headAt: now }))).toMatch(
    /It has never succeeded/,
  );
});

describe('one goes on from another', () => {
  /** Its last sync was two hours ago; the other begins an hour ago. */
  const earlier = (state: Given = {}) =>
    kept('old', {
      facts: { recent: [syncAt(now - 4 * hourMs), syncAt(now - 2 * hourMs)] },
      history: historyOf([stretch(2, 4, { closed: true })], { headAt: now, proved: true }),
      ...state,
    });
  const later = (closed = true) =>
    kept('new', {
      facts: { recent: [syncAt(now - hourMs)] },
      history: historyOf([stretch(0.5, 0.6), stretch(1, 1, { closed })], { headAt: now }),
    });
  const named = (old: object = {}, more: object = {}) => ({
    old: { integration_name: 'Users', integration_status: 'paused', ...old },
    new: { integration_name: 'Users', ...more },
  });
  const continues = async (integrations: IntegrationRun[], listed: Course['listed'] = {}) =>
    (await judged(integrations, { listed })).of('new')?.continues;

  test('where that has ended: it rests or is gone, and has the same name and type', async () => {
    expect(await continues([earlier(), later()], named())).toBe('old');
    expect(
      await continues([earlier({ condition: 'gone' }), later()], named({ integration_status: 'active' })),
    ).toBe('old');
    const typed = { integration_type: 'snowflake' };
    expect(await continues([earlier(), later()], named(typed, typed))).toBe('old');
  });

  test('not where it still syncs, or has another name or type', async () => {
    expect(await continues([earlier(), later()], named({ integration_status: 'active' }))).toBeNull();
    expect(await continues([earlier(), later()], named({}, { integration_name: 'Other' }))).toBeNull();
    expect(await continues([earlier(), later()], named({}, { integration_type: 'snowflake' }))).toBeNull();
    expect(await continues([earlier({ condition: 'gone' }), later()])).toBeNull();
  });

  test('not where it may have begun earlier: its history was not read to its beginning', async () => {
    expect(await continues([earlier(), later(false)], named())).toBeNull();
  });

  test('not where that has synced since', async () => {
    const recent = [now - 6 * hourMs, now - 4 * hourMs, now - 0.5 * hourMs].map((start) => syncAt(start));
    expect(await continues([earlier({ facts: { recent } }), later()], named())).toBeNull();
  });

  test('within a week of its end, or within three of its usual distances where those are longer', async () => {
    const endedDaysAgo = (days: number, apartDays: number) => {
      const recent = syncsUntil(now - days * dayMs, 5, apartDays * dayMs);
      const history = historyOf([stretch(days * 24, (days + 4 * apartDays) * 24, { closed: true })]);
      return earlier({ facts: { recent }, history: { ...history, headAt: now, proved: true } });
    };
    expect(await continues([endedDaysAgo(6, 1), later()], named())).toBe('old');
    expect(await continues([endedDaysAgo(20, 1), later()], named())).toBeNull();
    expect(await continues([endedDaysAgo(20, 7), later()], named())).toBe('old');
  });

  test('not where that had no sync, nor where it has none itself', async () => {
    const none = { facts: { recent: [] }, history: historyOf([], { empty: true, headAt: now }) };
    expect(await continues([earlier(none), later()], named())).toBeNull();
    expect(await continues([earlier(), kept('new', none)], named())).toBeNull();
  });
});
