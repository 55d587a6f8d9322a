/** P18: a clock that was ahead for a while delays nothing by as much, for it was wrong and is right again. */
import { describe, expect, test } from 'vitest';
import { newWorkspaceFacts } from '../../../lambda/checkpoint/workspace-facts.ts';
import { heldBackNow } from '../../../lambda/run/held-back.ts';
import { WorkspaceStanding } from '../../../lambda/run/workspace-standing.ts';
import { newStandingFacts } from '../../../lambda/standing/facts.ts';
import { gapEdgeNow } from '../../../lambda/standing/gap-at-risk.ts';
import { dayMs, hourMs } from '../../../lambda/standing/periods.ts';
import { newPromise, type PromiseFacts, type Rest, seePromise } from '../../../lambda/standing/promise.ts';
import { lookAtReading } from '../../../lambda/standing/reading.ts';
import { keptSince } from '../../../lambda/time/kept-since.ts';
import { countLooksFrom } from '../../../lambda/walk/second-look.ts';
import { historyOf, now, runOf, stretch } from '../run/integrations.ts';

test('what is found first has been so since now, and what was found before since then', () => {
  expect([undefined, null, now - 1, now, now + 1].map((kept) => keptSince(kept, now))).toEqual([
    now,
    now,
    now - 1,
    now,
    now,
  ]);
});

const seen = (promise: Partial<PromiseFacts>, isAtRest: boolean): PromiseFacts =>
  seePromise(
    { ...newPromise(), ...promise },
    { isAtRest, nextScheduledRun: null, at: now, recent: [], hasOlder: false, usualMs: null, graceMs: 0 },
  );
const awake = (rest: Rest) => seen({ rest }, false).rest;

/** What is kept where this was kept before. */
const keepers: Readonly<Record<string, (kept: number) => number | null | undefined>> = {
  'that it can’t be read': (unreadableSince) =>
    lookAtReading({ ...newStandingFacts(), unreadableSince }, 'failing', now).unreadableSince,
  'that nobody can be read': (deniedSince) => {
    const facts = { ...newWorkspaceFacts(), deniedSince };
    const standing = new WorkspaceStanding({ workspace: 'w', facts, alerts: undefined });
    standing.deny('The key is refused.');
    standing.judge({ integrations: [], standingOf: () => undefined, isHeard: false, askedFrom: now, now });
    return facts.deniedSince;
  },
  'that it is held back': (since) => {
    const integration = runOf('a');
    integration.holdBack('Its record is damaged.');
    return heldBackNow([integration], new Map([['a', since]]), { askedFrom: now, now }).get('a');
  },
  'that it was held back, and nobody has read it since': (since) => {
    const unread = runOf('a', historyOf([stretch(1, 9)], { headAt: now - dayMs }), 1);
    return heldBackNow([unread], new Map([['a', since]]), { askedFrom: now, now }).get('a');
  },
  'that reading has not moved on': (since) => gapEdgeNow({ at: 5, since }, 5, now)?.since,
  'that it was looked at again': (last) => {
    const history = historyOf([stretch(1, 9)]);
    Object.assign(history.looks.month, { last });
    countLooksFrom(history, now);
    return history.looks.month.last;
  },
  'that a promise was seen to be broken': (missed) => seen({ missed }, false).missed,
  'that it rests': (since) => seen({ rest: { since, last: since, until: null } }, true).rest?.since,
  'that it was seen at rest last': (last) => awake({ since: now - dayMs, last, until: null })?.last,
  'that it is awake again': (until) => awake({ since: now - dayMs, last: now - dayMs, until })?.until,
  'that the list does not name it': (missingSince) => {
    const integration = runOf('a');
    Object.assign(integration.state, { missingSince });
    integration.miss(now);
    return integration.state.missingSince;
  },
};

describe.each(Object.entries(keepers))('since when it has been so, %s,', (_, keep) => {
  test('is no time that is still to come', () => expect(keep(now + 5 * dayMs)).toBe(now));
  test('is the first time that was found', () => expect(keep(now - hourMs)).toBe(now - hourMs));
});
