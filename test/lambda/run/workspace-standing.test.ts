/** What is told of the workspace as a whole, and of those whose own records can't tell it. */
import { beforeEach, describe, expect, test } from 'vitest';
import { newIntegrationState } from '../../../lambda/checkpoint/integration-record.ts';
import { newWorkspaceFacts, type WorkspaceFacts } from '../../../lambda/checkpoint/workspace-facts.ts';
import { IntegrationRun } from '../../../lambda/run/integration-run.ts';
import { WorkspaceStanding } from '../../../lambda/run/workspace-standing.ts';
import { newStandingFacts } from '../../../lambda/standing/facts.ts';
import type { OpenIncident } from '../../../lambda/standing/incident.ts';
import type { Standing } from '../../../lambda/standing/standing.ts';
import { alertPorts, RecordingSink } from '../../simulation/lab/recording-sink.ts';
import { historyOf, now, runOf, stretch } from './integrations.ts';
import { noticeOf, openOf } from './telling-desk.ts';

const hour = 60 * 60_000;
const why = 'The key is refused.';
const damaged = 'Its record is damaged.';

let facts: WorkspaceFacts;
beforeEach(() => {
  facts = newWorkspaceFacts();
});

interface Seen {
  readonly integrations?: readonly IntegrationRun[];
  readonly isHeard?: boolean;
  readonly standings?: Readonly<Record<string, Partial<Standing>>>;
  readonly muted?: readonly string[];
  /** Nothing could be read of anybody. */
  readonly isDenied?: boolean;
}

/** A run that ends so many hours after `now`, before its record is written. */
function runAfter(hours: number, seen: Seen = {}): WorkspaceStanding {
  const { integrations = [], isHeard = false, standings = {}, muted = [], isDenied = false } = seen;
  const ports = alertPorts([new RecordingSink('topic')]);
  const alerts = { ...ports, settings: { ...ports.settings, muted: new Set(muted) } };
  const at = now + hours * hour;
  const standing = new WorkspaceStanding({ workspace: 'w', facts, alerts });
  if (isDenied) standing.deny(why);
  const standingOf = (id: string) => standings[id] as Standing | undefined;
  standing.judge({ integrations, standingOf, isHeard, askedFrom: at, now: at });
  return standing;
}

/** @param open what its own record has told before. */
const heldBack = (id = 'a', open: readonly OpenIncident[] = []) => {
  const standing = { ...newStandingFacts(), open };
  const integration = new IntegrationRun({ ...newIntegrationState(id), standing }, 1);
  integration.holdBack(damaged);
  return integration;
};
/** What waits to be told: of whom, and what. */
const waiting = (standing: WorkspaceStanding) =>
  standing.waiting.flatMap(([id, { outbox }]) => outbox.map(({ notice }) => [id, notice.event, notice.kind]));

describe('that nobody can be read', () => {
  test('is told when it has lasted for an hour, by the time at which it began', () => {
    expect(runAfter(0, { isDenied: true }).waiting).toEqual([]);
    expect(runAfter(0.99, { isDenied: true }).waiting).toEqual([]);
    const standing = runAfter(1, { isDenied: true });
    expect(waiting(standing)).toEqual([[null, 'raised', 'not_exported']]);
    expect(standing.openOf(null)).toMatchObject([{ since: now, reason: why, told: true }]);
    expect(facts.incidents.get(null)?.outbox).toMatchObject([{ sinks: ['topic'] }]);
  });

  test('is told once, and that it is over when somebody is answered', () => {
    for (const hours of [0, 1, 2]) runAfter(hours, { isDenied: true });
    const standing = runAfter(3, { isHeard: true });
    expect(waiting(standing)).toEqual([
      [null, 'raised', 'not_exported'],
      [null, 'resolved', 'not_exported'],
    ]);
    expect([standing.openOf(null), facts.deniedSince]).toEqual([[], null]);
  });

  test('is not over where a run was refused by nobody, and answered by nobody', () => {
    for (const hours of [0, 1]) runAfter(hours, { isDenied: true });
    const standing = runAfter(2);
    expect([standing.isDenied, standing.openOf(null).length, facts.deniedSince]).toEqual([false, 1, now]);
  });

  test('is over for good: the next time, an hour counts anew', () => {
    runAfter(0, { isDenied: true });
    runAfter(1, { isHeard: true });
    expect(runAfter(2, { isDenied: true }).waiting).toEqual([]);
    expect(facts.deniedSince).toBe(now + 2 * hour);
  });

  test('again and again while a place is down, is told of as it stands, and the record stays small', () => {
    for (let hours = 0; hours < 24; hours += 1)
      runAfter(hours, { isDenied: hours % 3 < 2, isHeard: hours % 3 === 2 });
    expect(waiting(runAfter(24)).length).toBe(4);
    for (const hours of [24, 25]) runAfter(hours, { isDenied: true });
    const [open] = facts.incidents.get(null)?.open ?? [];
    const outbox = facts.incidents.get(null)?.outbox ?? [];
    expect(outbox.map(({ notice }) => notice.event)).toEqual(['raised', 'resolved', 'raised']);
    expect(outbox.at(-1)?.notice.id).toBe(open?.id);
  });

  test('is known as soon as it is said', () => {
    const standing = new WorkspaceStanding({ workspace: 'w', facts, alerts: undefined });
    expect(standing.isDenied).toBe(false);
    standing.deny(why);
    expect(standing.isDenied).toBe(true);
  });
});

describe('an integration that is held back', () => {
  test('is told of when it has been so for an hour, with what it is held back by', () => {
    expect(runAfter(0, { integrations: [heldBack()] }).waiting).toEqual([]);
    expect(runAfter(0.99, { integrations: [heldBack()] }).waiting).toEqual([]);
    const standing = runAfter(1, { integrations: [heldBack()] });
    expect(waiting(standing)).toEqual([['a', 'raised', 'not_exported']]);
    expect(standing.openOf('a')).toMatchObject([{ since: now, reason: damaged }]);
    expect(facts.heldBack).toEqual(new Map([['a', now]]));
  });

  test('is told of by its own record, where that has said so before it could not be written any more', () => {
    const own = { ...openOf('own'), kind: 'not_exported' } as const;
    for (const hours of [0, 1])
      expect(runAfter(hours, { integrations: [heldBack('a', [own])] }).waiting).toEqual([]);
    const other = runAfter(2, { integrations: [heldBack('a', [openOf('other')])] });
    expect(waiting(other)).toEqual([['a', 'raised', 'not_exported']]);
    facts = newWorkspaceFacts();
    const both = [openOf('other'), own];
    for (const hours of [0, 1])
      expect(runAfter(hours, { integrations: [heldBack('a', both)] }).waiting).toEqual([]);
  });

  const isTold = () => {
    for (const hours of [0, 1]) runAfter(hours, { integrations: [heldBack()] });
  };
  const read = (hours: number) => runOf('a', historyOf([stretch(1, 9)], { headAt: now + hours * hour }));

  test('is told of as over when it was read again, with how it stands then', () => {
    isTold();
    const standings = { a: { state: 'failing', reason: 'Its syncs fail.' } } as const;
    const standing = runAfter(2, { integrations: [read(2)], standings });
    expect(waiting(standing)).toEqual([
      ['a', 'raised', 'not_exported'],
      ['a', 'resolved', 'not_exported'],
    ]);
    expect(facts.incidents.get('a')?.outbox.at(-1)?.notice.reason).toBe('It is over. Its syncs fail.');
    expect(facts.heldBack.size).toBe(0);
  });

  test('is told of as over where it is no longer known', () => {
    isTold();
    runAfter(2);
    expect(facts.incidents.get('a')?.outbox.at(-1)?.notice.reason).toBe('It is no longer known.');
  });

  test('is not over where nobody has met again what held it back', () => {
    isTold();
    expect(runAfter(2, { integrations: [read(-1)] }).openOf('a')).toHaveLength(1);
  });

  test('is told of nowhere where it is muted, and the others are', () => {
    const seen = { integrations: [heldBack('a'), heldBack('b')], muted: ['a'] };
    for (const hours of [0, 1]) runAfter(hours, seen);
    expect([...facts.incidents.keys()]).toEqual(['a', 'b']);
    expect(facts.incidents.get('a')).toMatchObject({ open: [{ told: false }], outbox: [] });
    expect(waiting(runAfter(2, seen))).toEqual([['b', 'raised', 'not_exported']]);
  });
});

describe('what is to be told', () => {
  test('counts when the record was written, and once', () => {
    runAfter(0, { isDenied: true });
    const standing = runAfter(1, { isDenied: true });
    expect(standing.announced).toEqual([]);
    standing.written();
    standing.written();
    expect(standing.announced.map(({ event }) => event)).toEqual(['raised']);
  });

  test('counts in a run that judges twice as well', () => {
    facts.deniedSince = now - hour;
    const standing = runAfter(0, { isDenied: true, integrations: [heldBack()] });
    standing.judge({
      integrations: [heldBack()],
      standingOf: () => undefined,
      isHeard: false,
      askedFrom: now,
      now: now + hour,
    });
    standing.written();
    expect(standing.announced.map(({ kind }) => kind)).toEqual(['not_exported', 'not_exported']);
  });

  test('leaves the record when it was told: what is open stays, and what is not is forgotten', () => {
    for (const hours of [0, 1]) runAfter(hours, { isDenied: true });
    const standing = runAfter(2, { isDenied: true });
    standing.keepOutbox(null, []);
    expect([standing.waiting, standing.openOf(null).length]).toEqual([[], 1]);
    const over = runAfter(3, { isHeard: true });
    expect(waiting(over)).toEqual([[null, 'resolved', 'not_exported']]);
    over.keepOutbox(null, []);
    expect(facts.incidents.size).toBe(0);
  });

  test('stays while it waits, though it is over', () => {
    const outbox = [{ notice: noticeOf('1', 'raised'), sinks: ['topic'] }];
    const standing = runAfter(0, { isHeard: true });
    standing.keepOutbox('a', outbox);
    expect(standing.waiting).toEqual([['a', { open: [], outbox }]]);
  });

  test('is kept for nobody where there are no receivers', () => {
    facts.deniedSince = now - hour;
    const standing = new WorkspaceStanding({ workspace: 'w', facts, alerts: undefined });
    standing.deny(why);
    standing.judge({ integrations: [], standingOf: () => undefined, isHeard: false, askedFrom: now, now });
    expect(facts.incidents.get(null)?.outbox).toMatchObject([{ sinks: [] }]);
  });
});
