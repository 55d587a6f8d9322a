/**
 * What `--report` writes: how the API answers, in the words of the simulated Braze's switches, so that what was seen
 * can be played to the exporter. What was seen of the customer is not in it: no key, id, name, host or number.
 */
import type { Check } from '../../lambda/doctor/check.ts';
import type { Examination } from '../../lambda/doctor/examine.ts';
import type { Facts } from '../../lambda/doctor/facts.ts';
import type { Quirks } from '../simulator/quirks.ts';
import { version } from '../version.ts';

export interface DoctorReport {
  readonly about: string;
  readonly version: string;
  readonly checks: readonly (Pick<Check, 'name' | 'result'> & { readonly category: string })[];
  /** For `local/simulator/quirks.ts`. */
  readonly quirks: Partial<Quirks>;
  readonly facts: Partial<Facts>;
}

export function doctorReport({ diagnosis, facts }: Examination): DoctorReport {
  return {
    about:
      'How a Braze workspace answers, by npm run doctor. No key, id, name, host or number of anything is in it.',
    version,
    checks: diagnosis.categories.flatMap(({ name: category, checks }) =>
      checks.map(({ name, result }) => ({ category, name, result })),
    ),
    quirks: facts ? quirksOf(facts) : {},
    facts: facts ?? {},
  };
}

/** What was not seen, or is none of the switches, is left out. */
export function quirksOf(facts: Facts): Partial<Quirks> {
  const { order, cursorKind, capitalisedStatuses, escapedCursors, linkForm, pastEnd, pretty } = facts;
  const limitHeaders = limitHeadersOf(facts);
  return {
    ...(order === undefined || order === 'mixed' ? {} : { order }),
    ...(linkForm === undefined ? {} : { linkForm }),
    ...(escapedCursors === undefined ? {} : { escapedCursors }),
    ...(cursorKind === undefined || cursorKind === 'opaque' ? {} : { cursorKind }),
    ...(pastEnd === undefined ? {} : { pastEnd }),
    ...(facts.prevAtFirstPage === undefined ? {} : { prevAtFirstPage: facts.prevAtFirstPage }),
    ...(facts.prevToFirstPage === undefined ? {} : { prevToFirstPage: facts.prevToFirstPage }),
    ...(facts.withoutRows === undefined ? {} : { withoutRows: facts.withoutRows }),
    ...(facts.unknownIntegration === undefined ? {} : { unknownIntegration: facts.unknownIntegration }),
    ...(limitHeaders === undefined ? {} : { limitHeaders }),
    ...(capitalisedStatuses === undefined ? {} : { capitalisedStatuses }),
    ...(pretty === undefined ? {} : { pretty }),
  };
}

/** What a 429 tells decides where there was one. */
function limitHeadersOf({
  limitHeaders,
  limitHeadersOn429: on429,
}: Facts): Quirks['limitHeaders'] | undefined {
  const only = on429.length === 1 ? on429[0] : undefined;
  if (limitHeaders === 'epoch' && only === 'x-ratelimit-retry-after') return 'retry_after_only_on_429';
  if (limitHeaders === 'none' && only === 'retry-after') return 'plain_retry_after';
  return limitHeaders;
}
