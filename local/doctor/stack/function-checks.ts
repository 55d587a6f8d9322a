import { type Check, failed, ok } from '../../../lambda/doctor/check.ts';
import type { Places } from './places.ts';

export interface FunctionSeen {
  readonly arn: string;
  readonly state: string;
  readonly lastUpdate: string;
  /** Instances that are kept for it, and its most; undefined: no such limit. */
  readonly reserved: number | undefined;
  readonly logGroup: string | undefined;
  readonly environment: Readonly<Record<string, string>>;
}

export function functionChecks(seen: FunctionSeen | undefined, places: Places): readonly Check[] {
  if (!seen) {
    return [
      failed(
        'found',
        `the function ${places.function} is gone`,
        'A deployment of the same does not bring it back: destroy the stack, name its bucket and table as ' +
          'existingBucket and existingTable in cdk.json, and deploy again.',
      ),
    ];
  }
  return [
    ok('found', 'it is there'),
    stateCheck(seen),
    updateCheck(seen),
    concurrencyCheck(seen, places),
    logCheck(seen, places),
  ];
}

/** Lambda puts a function to sleep that nobody has called for weeks: the next call wakes it. */
const stateCheck = ({ state }: FunctionSeen): Check =>
  state === 'Active' || state === 'Inactive'
    ? ok('state', state)
    : failed(
        'state',
        `it can not be called (${state || 'no state'})`,
        'Pending passes by itself. Otherwise the reason stands beside it in the Lambda console: mend that, often the ' +
          'subnets of the VPC or the KMS key, and deploy again.',
      );

const updateCheck = ({ lastUpdate }: FunctionSeen): Check =>
  lastUpdate === 'Successful' || lastUpdate === 'InProgress'
    ? ok('update', lastUpdate)
    : failed(
        'update',
        `its last update has failed (${lastUpdate || 'unknown'})`,
        'It still runs as before. The reason stands in the Lambda console: mend that, and deploy again.',
      );

const concurrencyCheck = ({ reserved }: FunctionSeen, { function: name }: Places): Check =>
  reserved === 0
    ? failed(
        'concurrency',
        'it is throttled: no instance of it may run',
        `Take the limit away: aws lambda delete-function-concurrency --function-name ${name}`,
      )
    : ok('concurrency', reserved === undefined ? 'not limited' : `${reserved} at once`);

const logCheck = ({ logGroup }: FunctionSeen, places: Places): Check =>
  logGroup !== undefined && logGroup === places.logGroup
    ? ok('log', "it goes to the stack's log group")
    : failed(
        'log',
        "it does not go to the stack's log group, so that its role may not write it",
        `Set the log group of the function to ${places.logGroup ?? "the stack's"} in the Lambda console, under Monitoring.`,
      );

/** @param wanted as they were named; undefined: all. */
export function workspacesCheck(there: readonly string[], wanted: readonly string[] | undefined): Check {
  const unknown = wanted?.filter((name) => !there.includes(name)) ?? [];
  if (unknown.length > 0) {
    return failed(
      'known',
      `there is no workspace ${unknown.join(', ')}`,
      `There are ${there.slice(0, 15).join(', ')}${there.length > 15 ? ` and ${there.length - 15} more` : ''}: name one of them, or add it in cdk.json and deploy.`,
    );
  }
  return ok('known', `${there.length}`);
}
