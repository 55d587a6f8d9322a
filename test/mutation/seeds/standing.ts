/** How integrations stand in random histories, asked after the unit tests: each is a test. */
import { describe, expect, test } from 'vitest';
import { corpusParts } from '../../simulation/standing/corpus.ts';
import { calendarsOf, playCalendar } from '../../simulation/standing/lateness-corpus.ts';

describe.each(['traps', 'incidents', 'clean', 'kept'] as const)('%s', (part) => {
  test.each([0, 1])('of seed %i', (seed) => {
    expect([...corpusParts[part]([seed])].flatMap(({ wrong }) => wrong)).toEqual([]);
  });
});

/** All calendars over five years take minutes: half a year of those that are quick to play. */
const calendars = (['daily', 'weekdays', 'monthly'] as const).flatMap(calendarsOf);

test.each(calendars)('half a year of $plan, promises $promises, $trouble', (calendar) => {
  const { falseRaised, mostFalse, unheard } = playCalendar({ ...calendar, years: 0.5, seed: 1 });
  expect({ isFalse: falseRaised > mostFalse, unheard }).toEqual({ isFalse: false, unheard: [] });
});
