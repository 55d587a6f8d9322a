/** P18: how it is with what the workspace's record tells: of all integrations, or of one whose own record can't. */
import { expect, test } from 'vitest';
import type { OpenIncident } from '../../../lambda/standing/incident.ts';
import { advance } from '../../../lambda/standing/incidents.ts';
import {
  answersAgain,
  noLongerKnown,
  notExported,
  notKnown,
  type Verdict,
} from '../../../lambda/standing/verdict.ts';
import { now } from './judged.ts';

const incident: OpenIncident = {
  ...{ id: 'x', kind: 'not_exported', trap: null, since: now, reason: 'The key is refused.', told: true },
};
/** What is told, and what stays open. */
function told(standing: Verdict, open: readonly OpenIncident[] = [incident]) {
  const input = { workspace: 'w', integrationId: null, facts: { open }, standing, at: now, isMuted: false };
  const after = advance({ ...input, sinks: [] });
  return {
    notices: after.entries.map(({ notice: { event, reason } }) => `${event}: ${reason}`),
    open: after.open.map(({ kind, since }) => ({ kind, since })),
  };
}

test('what can’t be exported is told with its reason, and since when', () => {
  expect(told(notExported(5, 'The key is refused.'), [])).toEqual({
    notices: ['raised: The key is refused.'],
    open: [{ kind: 'not_exported', since: 5 }],
  });
});

test('what is open stays so where nothing is known', () => {
  expect(told(notKnown)).toEqual({ notices: [], open: [{ kind: 'not_exported', since: now }] });
});

test('it is over when Braze answers again, or when nobody knows the integration any more', () => {
  expect(told(answersAgain)).toEqual({
    notices: ['resolved: It is over. Braze answers the exporter again.'],
    open: [],
  });
  expect(told(noLongerKnown)).toEqual({ notices: ['resolved: It is no longer known.'], open: [] });
});
