import { type Check, failed, ok, warning } from '../../../lambda/doctor/check.ts';
import { placesIn, type StackSeen } from './places.ts';
import { setRight } from './set-right.ts';

export function stackChecks(seen: StackSeen | undefined, name: string, region: string): readonly Check[] {
  if (!seen) {
    return [
      failed(
        'found',
        `there is no stack ${name} in ${region}`,
        'Name the one that `cdk deploy` has named, in the region and with the credentials of its account: ' +
          'AWS_REGION says another region, AWS_PROFILE other credentials.',
      ),
    ];
  }
  const state = stateCheck(seen);
  return [
    ok('found', 'it is there'),
    state,
    ...(state.result === 'failed' ? [] : [outputsCheck(seen), driftCheck(seen)]),
  ];
}

function stateCheck({ name, status }: StackSeen): Check {
  if (/^(CREATE|UPDATE|IMPORT)_COMPLETE$/.test(status)) return ok('state', status);
  if (/^(UPDATE|IMPORT)_ROLLBACK_COMPLETE$/.test(status)) {
    return warning(
      'state',
      `its last update was taken back (${status})`,
      "It works as before. Read in the stack's events why, mend that, and deploy again.",
    );
  }
  if (status === 'ROLLBACK_COMPLETE') {
    return failed(
      'state',
      `its first deployment was taken back (${status})`,
      `Read in the stack's events why, and mend that. Then delete it, and deploy again: aws cloudformation delete-stack --stack-name ${name}`,
    );
  }
  if (/^(CREATE|ROLLBACK|DELETE|REVIEW)_IN_PROGRESS$/.test(status)) {
    return failed('state', `it is being made or taken away (${status})`, 'Ask again when that is over.');
  }
  if (/_IN_PROGRESS$/.test(status))
    return warning('state', `a deployment is under way (${status})`, 'Ask again when it is over.');
  return failed(
    'state',
    `a deployment has got stuck (${status})`,
    "Read in the stack's events which part could not be changed, mend that, then continue the rollback or delete the " +
      'stack there, and deploy again.',
  );
}

function outputsCheck(seen: StackSeen): Check {
  const { length } = placesIn(seen);
  if (length === 1) return ok('outputs', 'they name the function, the bucket and the table');
  return length === 0
    ? failed(
        'outputs',
        'they name no function, bucket and table of this exporter',
        'Name the stack of the exporter with --stack. If this is the one, deploy again.',
      )
    : failed(
        'outputs',
        `they name ${length} exporters`,
        'This looks at one: give each a stack of its own, or send each function its event ' +
          '{"workspace": "NAME", "doctor": true}.',
      );
}

const driftCheck = ({ hasDrifted }: StackSeen): Check =>
  hasDrifted
    ? warning(
        'drift',
        'parts of it were changed by hand',
        `Which they are says npx cdk drift. A deployment of the same changes nothing of that, but this does ${setRight}`,
      )
    : ok('drift', 'none that was found');
