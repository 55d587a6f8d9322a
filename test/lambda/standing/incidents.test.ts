import { describe, expect, test } from 'vitest';
import type { StandingFacts } from '../../../lambda/standing/facts.ts';
import { type GapEdge, gapAtRiskSince, gapEdgeNow } from '../../../lambda/standing/gap-at-risk.ts';
import { incidentId } from '../../../lambda/standing/incident.ts';
import { advance, mostReason } from '../../../lambda/standing/incidents.ts';
import { dayMs, hourMs, minuteMs } from '../../../lambda/standing/periods.ts';
import { lookAtReading } from '../../../lambda/standing/reading.ts';
import type { Trap } from '../../../lambda/standing/standing.ts';
import { active, factsAfter, type Known, now, standingOf, syncAt, syncsUntil } from './judged.ts';

const daily = syncsUntil(now - hourMs, 30);
const failing = [
  ...syncsUntil(now - dayMs - hourMs, 29),
  syncAt(now - hourMs, { status: 'error', rowsSynced: null, rowsFailed: null, timestampSynced: null }),
];
const ended = [...failing, syncAt(now - minuteMs * 30)];

/** A run's end: how it stands then, and what is told of it. */
function run(known: Known, isMuted = false, sinks: readonly string[] = ['topic']) {
  const standing = standingOf(known);
  const facts = factsAfter(known);
  const at = known.now ?? now;
  const told = advance({ workspace: 'w', integrationId: 'a', facts, standing, at, isMuted, sinks });
  return {
    ...told,
    notices: told.entries.map(({ notice }) => notice),
    standing,
    facts: { ...facts, open: told.open },
  };
}

const eventsOf = ({ notices }: ReturnType<typeof run>) =>
  notices.map(({ event, kind }) => `${event} ${kind}`);
/** The same integration with other syncs, and the incidents that are open. */
const later = (syncs: NonNullable<Known['syncs']>, { open }: Pick<StandingFacts, 'open'>): StandingFacts => ({
  ...factsAfter({ syncs }),
  open,
});

describe('P18: an incident', () => {
  test('is raised once and resolved once, under one id', () => {
    const first = run({ syncs: failing });
    const second = run({ facts: later(failing, first) });
    const third = run({ facts: later(ended, second) });
    expect([first, second, third].map(eventsOf)).toEqual([['raised failed'], [], ['resolved failed']]);
    expect(third.notices[0]).toMatchObject({
      id: first.open[0]?.id,
      since: now - hourMs,
      reason: 'It is over. The newest sync started 30 minutes ago, as usual about every 24 hours.',
    });
    expect(first.open[0]?.id).toBe(incidentId('w', 'a', { kind: 'failed', trap: null, since: now - hourMs }));
    expect(third.open).toEqual([]);
  });

  test('keeps its id when it is found to have begun earlier', () => {
    const first = run({ syncs: failing });
    const earlier = failing.map((each, index) =>
      index > 26 ? { ...each, status: 'error', rowsSynced: null } : each,
    );
    const second = run({ facts: later(earlier, first) });
    expect(second.notices).toEqual([]);
    expect(second.open[0]).toMatchObject({ id: first.open[0]?.id, since: now - hourMs });
  });

  test('that is muted is told of nowhere, neither its beginning nor its end', () => {
    const muted = run({ syncs: failing }, true);
    const over = run({ facts: later(ended, muted) }, true);
    expect([muted, over].map(eventsOf)).toEqual([[], []]);
    expect(muted.open).toMatchObject([{ kind: 'failed', told: false }]);
  });

  test('is raised when it is muted no longer, and still open', () => {
    const muted = run({ syncs: failing }, true);
    const heard = run({ facts: later(failing, muted) });
    expect(eventsOf(heard)).toEqual(['raised failed']);
    expect(heard.open[0]?.id).toBe(muted.open[0]?.id);
  });

  test('that is muted stays so in the next run, and one that was told is not told again afterwards', () => {
    const muted = run({ syncs: failing }, true);
    expect(eventsOf(run({ facts: later(failing, muted) }, true))).toEqual([]);
    const raised = run({ syncs: failing });
    const mutedSince = run({ facts: later(failing, raised) }, true);
    const heard = run({ facts: later(failing, mutedSince) });
    expect([mutedSince, heard].map(eventsOf)).toEqual([[], []]);
    expect(eventsOf(run({ facts: later(ended, heard) }))).toEqual(['resolved failed']);
  });

  /** Notices, and where they go. */
  const toldOf = ({ entries }: ReturnType<typeof run>) =>
    entries.map(({ notice: { event, id }, sinks }) => ({ event, id, sinks }));

  test('is raised where nobody was told of it, as soon as somebody is there, and is resolved there', () => {
    const alone = run({ syncs: failing }, false, []);
    const { id } = alone.open[0] ?? {};
    const heard = run({ facts: later(failing, alone) }, false, ['webhook']);
    const moved = run({ facts: later(failing, heard) }, false, ['webhook', 'topic', 'events']);
    const again = run({ facts: later(failing, moved) }, false, ['webhook', 'topic', 'events']);
    // What has heard the beginning hears the end, when it is there again.
    const over = run({ facts: later(ended, again) }, false, ['topic', 'events']);
    expect([alone, heard, moved, again, over].map(toldOf)).toEqual([
      [{ event: 'raised', id, sinks: [] }],
      [{ event: 'raised', id, sinks: ['webhook'] }],
      [{ event: 'raised', id, sinks: ['topic', 'events'] }],
      [],
      [{ event: 'resolved', id, sinks: ['webhook', 'topic', 'events'] }],
    ]);
  });

  test('that ended before a place was there is told of nowhere', () => {
    const alone = run({ syncs: failing }, false, []);
    const over = run({ facts: later(ended, alone) }, false, ['webhook']);
    expect(toldOf(over)).toMatchObject([{ event: 'resolved', sinks: [] }]);
  });

  test('that is muted is raised nowhere else, and where it is not any more, it is', () => {
    const raised = run({ syncs: failing }, false, ['topic']);
    const muted = run({ facts: later(failing, raised) }, true, ['topic', 'webhook']);
    const heard = run({ facts: later(failing, muted) }, false, ['topic', 'webhook']);
    expect([muted, heard].map(toldOf)).toMatchObject([[], [{ event: 'raised', sinks: ['webhook'] }]]);
  });

  test('that was told, and ended while it was muted, has an end that waits: its beginning may wait as well', () => {
    const raised = run({ syncs: failing });
    const over = run({ facts: later(ended, raised) }, true);
    const { id } = raised.open[0] ?? {};
    expect(toldOf(over)).toEqual([{ event: 'resolved', id, sinks: ['topic'] }]);
    expect(over.open).toEqual([]);
  });

  test('of a record that does not say who was told is not raised again, and is resolved everywhere', () => {
    const raised = run({ syncs: failing });
    const open = raised.open.map(({ heardBy: _, ...each }) => each);
    const places = ['topic', 'events'];
    expect(toldOf(run({ facts: later(failing, { open }) }, false, places))).toEqual([]);
    expect(toldOf(run({ facts: later(ended, { open }) }, false, places))).toMatchObject([{ sinks: places }]);
  });

  test('of one trap is another than that of the next', () => {
    const trap = (name: Trap) => ({ kind: 'trap', trap: name, since: now, reason: name }) as const;
    const tell = (open: StandingFacts['open'], ...names: Trap[]) =>
      advance({
        ...{ workspace: 'w', integrationId: 'a', facts: { open }, at: now, isMuted: false, sinks: [] },
        standing: { state: 'suspect', reason: 'All is well.', unknown: [], troubles: names.map(trap) },
      });
    const first = tell([], 'nothing_arrives');
    const second = tell(first.open, 'near_the_limit');
    expect(second.entries.map(({ notice: { event, trap: of } }) => `${event} ${of}`)).toEqual([
      'raised near_the_limit',
      'resolved nothing_arrives',
    ]);
  });

  test('that comes back, since a setting was changed to and fro, has its id again, and is told at another moment', () => {
    const refused = {
      kind: 'refused',
      trap: null,
      since: now - hourMs,
      reason: 'Rows are refused.',
    } as const;
    const tell = (open: StandingFacts['open'], troubles: (typeof refused)[], at: number) =>
      advance({
        ...{ workspace: 'w', integrationId: 'a', facts: { open }, at, isMuted: false, sinks: [] },
        standing: { state: 'refusing', reason: 'Rows are refused.', unknown: [], troubles },
      });
    const first = tell([], [refused], now);
    const over = tell(first.open, [], now + 1);
    const back = tell(over.open, [refused], now + 2);
    const told = [first, over, back].flatMap(({ entries }) => entries.map(({ notice }) => notice));
    expect(new Set(told.map(({ id }) => id)).size).toBe(1);
    expect(told.map(({ event, at }) => `${event} ${at - now}`)).toEqual([
      'raised 0',
      'resolved 1',
      'raised 2',
    ]);
  });

  test('has a reason that fits into the record, and is not cut where it does', () => {
    const reasonOf = (failure: string) =>
      run({
        facts: { ...factsAfter({}), unreadableSince: now - hourMs },
        ...{ condition: 'failing', headAt: null, failure },
      }).open[0]?.reason;
    const [fits, long] = ['x'.repeat(mostReason), 'x'.repeat(mostReason + 1)];
    expect(reasonOf(fits)).toBe(fits);
    expect(reasonOf(long)).toBe(`${'x'.repeat(mostReason - 1)}…`);
  });

  test('that ended while it was muted is not resolved afterwards', () => {
    const muted = run({ syncs: failing }, true);
    expect(eventsOf(run({ facts: later(ended, muted) }))).toEqual([]);
  });

  test('that was over before anybody looked is never raised', () => {
    expect(eventsOf(run({ syncs: ended }))).toEqual([]);
  });

  test('is closed as such when the integration rests', () => {
    const first = run({ syncs: failing });
    const rests = run({ facts: first.facts, listed: { ...active, status: 'disabled' } });
    expect(eventsOf(rests)).toEqual(['resolved failed']);
    expect(rests.notices[0]?.reason).toBe('Its status at Braze is disabled, and nothing is scheduled.');
  });

  test('is closed when the integration is gone, which is one of its own', () => {
    const first = run({ syncs: failing });
    const gone = run({ facts: first.facts, condition: 'gone' });
    expect(eventsOf(gone)).toEqual(['raised gone', 'resolved failed']);
    const back = run({ facts: later(daily, gone) });
    expect(eventsOf(back)).toEqual(['resolved gone']);
  });

  test('stays as it is while nobody can read how it goes on', () => {
    const first = run({ syncs: failing });
    const at = now + 2 * dayMs;
    const unread = run({
      facts: first.facts,
      condition: 'failing',
      headAt: now,
      now: at,
      failure: 'No answer.',
    });
    expect(unread.standing.state).toBe('unread');
    expect(eventsOf(unread)).toEqual([]);
    expect(unread.open.map(({ kind }) => kind)).toEqual(['failed']);
  });
});

describe('P18: an integration that can’t be read', () => {
  const neverRead = (facts: StandingFacts, at: number, condition: 'present' | 'failing' = 'failing') =>
    run({
      facts: lookAtReading(facts, condition, at),
      condition,
      headAt: null,
      now: at,
      failure: 'Braze answered 404.',
    });

  test('is not_exported when that has lasted for an hour: the answer of a new one may pass', () => {
    const first = neverRead(factsAfter({}), now);
    const second = neverRead(first.facts, now + 45 * minuteMs);
    const third = neverRead(second.facts, now + hourMs);
    expect([first, second, third].map(eventsOf)).toEqual([[], [], ['raised not_exported']]);
    expect(third.notices[0]).toMatchObject({ since: now, reason: 'Braze answered 404.' });
    const read = run({
      facts: lookAtReading(third.facts, 'present', now + 2 * hourMs),
      headAt: now + 2 * hourMs,
      now: now + 2 * hourMs,
    });
    expect(eventsOf(read)).toEqual(['resolved not_exported']);
  });

  test('begins anew when one look has succeeded', () => {
    const first = neverRead(factsAfter({}), now);
    const passed = lookAtReading(first.facts, 'present', now + 30 * minuteMs);
    expect(eventsOf(neverRead(passed, now + 65 * minuteMs))).toEqual([]);
  });
});

describe('P18: a stretch that is not read yet', () => {
  const year = 340 * dayMs;
  const edge = (at: number, since: number): GapEdge => ({ at, since });

  test('is at risk when it has not moved for a day, a month before the source forgets it', () => {
    expect(gapAtRiskSince(edge(now - year, now - 2 * dayMs), now)).toBe(now - 2 * dayMs);
    expect(gapAtRiskSince(edge(now - year, now - hourMs), now)).toBeNull();
    expect(gapAtRiskSince(edge(now - 330 * dayMs, now - 2 * dayMs), now)).toBeNull();
    expect(gapAtRiskSince(null, now)).toBeNull();
  });

  test('is the same as long as reading has to go on at the same place', () => {
    const first = gapEdgeNow(null, 5, 100);
    expect(first).toEqual(edge(5, 100));
    expect(gapEdgeNow(first, 5, 200)).toEqual(first);
    expect(gapEdgeNow(first, 4, 200)).toEqual(edge(4, 200));
    expect(gapEdgeNow(first, null, 200)).toBeNull();
  });

  test('opens an incident that says how many there are, and closes it when it has been read', () => {
    const coverage = { gaps: 2, wholeFrom: null, gapAtRiskSince: now - dayMs };
    const first = run({ syncs: daily, coverage });
    expect(eventsOf(first)).toEqual(['raised gap_at_risk']);
    expect(first.notices[0]?.reason).toBe(
      'A stretch of its history has not been read yet (2 in all), and Braze will not keep it much longer.',
    );
    expect(eventsOf(run({ facts: later(daily, first) }))).toEqual(['resolved gap_at_risk']);
  });
});

test('P18: the id of an incident is the same for whoever finds it again, and another for any other', () => {
  const found = { kind: 'trap', trap: 'nothing_arrives', since: now } as const;
  const id = incidentId('w', 'a', found);
  expect(id).toMatch(/^[0-9a-f]{32}$/);
  expect(incidentId('w', 'a', { ...found })).toBe(id);
  const others = [
    incidentId('v', 'a', found),
    incidentId('w', 'b', found),
    incidentId('w', null, found),
    incidentId('w', 'a', { ...found, kind: 'failed' }),
    incidentId('w', 'a', { ...found, trap: 'near_the_limit' }),
    incidentId('w', 'a', { ...found, since: now + 1 }),
  ];
  expect(new Set([id, ...others]).size).toBe(7);
});
