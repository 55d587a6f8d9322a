import { type Check, failed, ok } from '../../../lambda/doctor/check.ts';
import { columns } from '../../../lambda/schema/tables.ts';

/** A rule of the bucket's lifecycle. */
export interface RuleSeen {
  readonly name: string;
  /** Keys that begin with it; empty: all. */
  readonly prefix: string;
  /** Whether it is about objects with tags alone. Those of the lake have none. */
  readonly wantsTags: boolean;
  /** Whether it removes what stands there now; older versions are no matter. */
  readonly expires: boolean;
  /** Storage classes. */
  readonly movesTo: readonly string[];
}

/** From these an object has to be restored before it can be read: Athena leaves it out, and a run fails. */
const archives = /^(GLACIER|DEEP_ARCHIVE)$/;

const takeOut =
  'In the S3 console (Management, Lifecycle rules), take out what does, or give it the prefix of something else.';

export function lifecycleChecks(rules: readonly RuleSeen[]): readonly Check[] {
  const ofLake = rules.filter((rule) => !rule.wantsTags && tablesUnder(rule.prefix).length > 0);
  const expiring = ofLake.filter(({ expires }) => expires);
  const archiving = ofLake.filter(({ movesTo }) => movesTo.some((each) => archives.test(each)));
  return [
    expiring.length === 0
      ? ok('expiry', 'no rule removes anything of the lake')
      : failed(
          'expiry',
          `${told(expiring)}, which Braze does not keep for ever`,
          `${takeOut} What it has removed can be brought back for 30 days where the bucket keeps versions: ` +
            'docs/runbook.md#history-that-was-removed.',
        ),
    archiving.length === 0
      ? ok('archive', 'no rule moves anything of the lake where it can not be read')
      : failed(
          'archive',
          `${told(archiving, 'moves')} into an archive, where neither Athena nor a run can read it`,
          `${takeOut} What it has moved is restored there: docs/runbook.md#history-that-was-removed.`,
        ),
  ];
}

function told(rules: readonly RuleSeen[], verb = 'removes'): string {
  const names = rules.map(({ name }) => name || 'without a name').join(', ');
  const tables = [...new Set(rules.flatMap(({ prefix }) => tablesUnder(prefix)))];
  const place =
    tables.length === Object.keys(columns).length ? 'objects of the lake' : `objects of ${tables.join(', ')}`;
  return rules.length === 1
    ? `the rule ${names} ${verb} ${place}`
    : `the rules ${names} ${verb.replace(/s$/, '')} ${place}`;
}

/** The tables of which a rule may reach an object. */
const tablesUnder = (prefix: string): readonly string[] =>
  Object.keys(columns).filter((table) => `${table}/`.startsWith(prefix) || prefix.startsWith(`${table}/`));
