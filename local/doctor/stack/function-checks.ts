import { type Check, failed, ok } from '../../../lambda/doctor/check.ts';
import type { Places } from './places.ts';
import { setRight } from './set-right.ts';

export interface FunctionSeen {
  readonly arn: string;
  /** ARN. */
  readonly role: string;
  readonly state: string;
  readonly lastUpdate: string;
  /** Instances that are kept for it, and its most; undefined: no such limit. */
  readonly reserved: number | undefined;
  readonly logGroup: string | undefined;
  /** In megabytes. */
  readonly memory: number;
  readonly environment: Readonly<Record<string, string>>;
}

export function functionChecks(seen: FunctionSeen | undefined, places: Places): readonly Check[] {
  if (!seen) {
    return [
      failed(
        'found',
        `the function ${places.function} is gone`,
        `A deployment of the same does not bring it back, but this does ${setRight}`,
      ),
    ];
  }
  return [
    ok('found', 'it is there'),
    stateCheck(seen, places),
    updateCheck(seen, places),
    concurrencyCheck(seen, places),
    logCheck(seen, places),
    roleCheck(seen, places),
  ];
}

/** A deployment of the same does not touch the function, and it would stay as it is. */
const tryAgain = ({ memory }: FunctionSeen, { function: name }: Places): string =>
  `If cdk.json has not changed by that, let Lambda try again: aws lambda update-function-configuration --function-name ${name} --memory-size ${memory}`;

/** Lambda puts a function to sleep that nobody has called for weeks: the next call wakes it. */
const stateCheck = (seen: FunctionSeen, places: Places): Check =>
  seen.state === 'Active' || seen.state === 'Inactive'
    ? ok('state', seen.state)
    : failed(
        'state',
        `it can not be called (${seen.state || 'no state'})`,
        'Pending passes by itself. Otherwise the reason stands beside it in the Lambda console, and is often the subnets ' +
          `of the VPC or the KMS key: mend that in cdk.json and deploy, or where it is. ${tryAgain(seen, places)}`,
      );

const updateCheck = (seen: FunctionSeen, places: Places): Check =>
  seen.lastUpdate === 'Successful' || seen.lastUpdate === 'InProgress'
    ? ok('update', seen.lastUpdate)
    : failed(
        'update',
        `its last update has failed (${seen.lastUpdate || 'unknown'})`,
        'It still runs as before. The reason stands in the Lambda console: mend that in cdk.json and deploy, or where ' +
          `it is. ${tryAgain(seen, places)}`,
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

const roleCheck = ({ role }: FunctionSeen, { exporterRole }: Places): Check =>
  exporterRole !== undefined && role.endsWith(`/${exporterRole}`)
    ? ok('role', "the stack's")
    : failed(
        'role',
        "it is another than the stack's, which alone may do what a run needs and nothing else",
        `Set the execution role of the function to ${exporterRole ?? "the stack's"} in the Lambda console, under ` +
          'Configuration, Permissions.',
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
