/**
 * What the list of integrations, and the status endpoint beside it, say of who is still there. To be judged when a
 * run has asked what it could.
 *
 * 1. One that the list names and the status endpoint does not know is a contradiction: it fails, and is not gone.
 * 2. A list that was not read to its end says nothing of those that it has not named. One of them that the status
 *    endpoint does not know says so, and is neither gone nor failing.
 * 3. One that is missing from a second list, which was begun an hour or more after the first one that it was
 *    missing from, is gone, whatever the status endpoint says.
 * 4. A list that is empty, or misses more than half of those that are known, is a doubt for all others that it
 *    misses. None of them is gone: they are exported as before, and the doubt is said, until 3 confirms it.
 * 5. Of the others that are missing, one that the status endpoint does not know is gone. One that it knows is not.
 */
import { confirmedAfterMs } from '../walk/doubt.ts';
import type { IntegrationRun } from './integration-run.ts';
import type { IntegrationRuns } from './integration-runs.ts';

/** Of so many, each has a sentence of its own. */
const maxSentences = 3;

interface Reading {
  /** When it began, in milliseconds. */
  readonly began: number;
  readonly isWhole: boolean;
  readonly isNamed: (integration: IntegrationRun) => boolean;
}

/** @returns what is contradictory or in doubt, in sentences for a person. */
export function judgeList(integrations: IntegrationRuns, reading: Reading): string[] {
  const { present } = integrations;
  const sentences = contradictions(present.filter((each) => each.isUnknown && reading.isNamed(each)));
  const missing = present.filter((each) => !reading.isNamed(each));
  if (!reading.isWhole) {
    for (const each of missing) if (each.isUnknown) each.mention(`${unknownHere} ${undecided}`);
    return sentences;
  }
  for (const each of missing) each.miss(reading.began);
  const isConfirmed = ({ state: { missingSince } }: IntegrationRun) =>
    missingSince !== null && reading.began - missingSince >= confirmedAfterMs;
  const unconfirmed = missing.filter((each) => !isConfirmed(each));
  for (const each of missing) if (isConfirmed(each)) each.leave();
  const [missed, known] = [unconfirmed.filter(wasThere).length, present.filter(wasThere).length];
  if (missed > known / 2) {
    const doubt = doubtOf(missed, known);
    for (const each of unconfirmed) if (each.isUnknown) each.fail(`${unknownHere} ${doubt}`);
    return [...sentences, doubt];
  }
  for (const each of unconfirmed) if (each.isUnknown) each.leave();
  return sentences;
}

/** A wrong id that was once named by hand never was. */
function wasThere({ state }: IntegrationRun): boolean {
  return state.history.headAt !== null || state.condition === 'present';
}

const unknownHere = 'Braze does not know this integration (404).';
const undecided = 'Whether it is gone, the list of integrations tells, which was not read to its end.';
const contradiction =
  'Braze lists it, and does not know its history (404). If that lasts, check in Braze that it still exists.';

function contradictions(unknown: readonly IntegrationRun[]): string[] {
  for (const each of unknown) each.fail(contradiction);
  if (unknown.length <= maxSentences) {
    return unknown.map(({ id }) => `Integration ${id} could not be exported. ${contradiction}`);
  }
  const some = unknown.slice(0, maxSentences).map(({ id }) => id);
  return [
    `Braze lists ${unknown.length} integrations whose history it does not know (404), among them ` +
      `${some.join(', ')}; they could not be exported. If that lasts, check that the endpoint is the base URL of ` +
      'a Braze REST API and nothing more, and ask Braze.',
  ];
}

function doubtOf(missing: number, known: number): string {
  const named = missing === known ? 'none' : `only ${known - missing}`;
  return (
    `The list of integrations names ${named} of the ${known} that are known. That is not believed at once: all ` +
    'are exported as before, and those that are still missing an hour later are taken for gone. If they were not ' +
    'removed in Braze, check whose workspace the API key belongs to.'
  );
}
