/** Every form in which Braze may answer. */
import fc from 'fast-check';
import type { Quirks } from '../../../local/simulator/quirks.ts';
import { weighted } from './weighted.ts';

const hour = 3_600_000;

/** Where the limit holds up a run for longer than a cursor lives, there is no way on: then cursors live longer. */
export const limitsAndLifetime = fc.oneof(
  fc.record({
    limits: fc.constant({ list: 5000, status: 5000 }),
    cursorLifetime: fc.constantFrom(hour, 200_000),
  }),
  fc.record({
    limits: fc.record({ list: fc.constant(10), status: fc.integer({ min: 4, max: 40 }) }),
    cursorLifetime: fc.constant(hour),
  }),
);

export const quirksArbitrary: fc.Arbitrary<Partial<Omit<Quirks, 'lies'>>> = fc.record({
  order: weighted([
    [2, fc.constant('newest_first')],
    [2, fc.constant('oldest_first')],
    [1, fc.constant('unordered')],
  ]),
  linkForm: fc.constantFrom('relative', 'spaced', 'documented', 'absolute', 'foreign', 'hostile'),
  cursorKind: fc.constantFrom('offset', 'offset', 'plus', 'keyset', 'expiring'),
  pastEnd: fc.constantFrom('empty', 'invalid_cursor'),
  nextOnLastFullPage: weighted([
    [7, fc.constant(false)],
    [3, fc.constant(true)],
  ]),
  prevAtFirstPage: fc.constantFrom('none', 'self'),
  limitHeaders: fc.constantFrom(
    'epoch',
    'seconds_left',
    'retry_after_only_on_429',
    'plain_retry_after',
    'none',
  ),
  limitWindow: fc.constantFrom('rolling', 'fixed'),
  pretty: weighted([
    [4, fc.constant(false)],
    [1, fc.constant(true)],
  ]),
});
