/** What may be wrong with an integration, the most urgent first: in words, since when, and where it is told how to mend it. */
import type { IncidentKind } from '../../lambda/standing/standing.ts';
import type { Standing, StandingState } from '../figures/standing.ts';

export interface Fault {
  readonly state: StandingState | 'gap_at_risk';
  readonly kind: IncidentKind;
  readonly isSerious: boolean;
  /** After the name of one, and after the number of several. */
  readonly one: string;
  readonly many: string;
  /** What stands before the time. @default since */
  readonly from?: 'since' | 'from before';
  readonly since: (standing: Standing) => string | null;
}

export const faults: readonly Fault[] = [
  {
    state: 'failing',
    kind: 'failed',
    isSerious: true,
    one: 'has had no success',
    many: 'have had no success',
    since: ({ failing_since }) => failing_since,
  },
  {
    state: 'stuck',
    kind: 'stuck',
    isSerious: true,
    one: 'has a sync that does not end',
    many: 'have a sync that does not end',
    since: ({ last_start }) => last_start,
  },
  {
    state: 'late',
    kind: 'late',
    isSerious: true,
    one: 'has been late',
    many: 'have been late',
    since: ({ expected_by }) => expected_by,
  },
  {
    state: 'unread',
    kind: 'not_exported',
    isSerious: true,
    one: 'has not been read',
    many: 'have not been read',
    since: ({ trusted_to }) => trusted_to,
  },
  {
    state: 'gap_at_risk',
    kind: 'gap_at_risk',
    isSerious: true,
    one: 'has history that is about to be lost',
    many: 'have history that is about to be lost',
    from: 'from before',
    since: ({ trusted_from }) => trusted_from,
  },
  {
    state: 'refusing',
    kind: 'refused',
    isSerious: false,
    one: 'has had many rows refused',
    many: 'have had many rows refused',
    since: ({ failing_since }) => failing_since,
  },
  {
    state: 'suspect',
    kind: 'trap',
    isSerious: false,
    one: 'has had successes to look at',
    many: 'have had successes to look at',
    since: ({ since }) => since,
  },
];

/** How it stands, and what it is about to lose besides. */
export const faultsOf = (standing: Standing): Fault[] => faults.filter((fault) => isOf(fault, standing));

export const isOf = ({ state }: Fault, { standing, gap_at_risk }: Standing): boolean =>
  state === standing || (state === 'gap_at_risk' && gap_at_risk);
