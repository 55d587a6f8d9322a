import { type Check, failed, ok, warning } from '../../../lambda/doctor/check.ts';
import { plural } from '../../../lambda/standing/words.ts';

export interface LogGroupSeen {
  /** Undefined: for ever. */
  readonly retentionDays: number | undefined;
}

export interface LogGroupMeant {
  readonly name: string;
  /** As the stack has set it; undefined: not known. */
  readonly retentionDays: number | undefined;
}

export function logGroupChecks(seen: LogGroupSeen | undefined, meant: LogGroupMeant): readonly Check[] {
  const { name, retentionDays = 30 } = meant;
  const retention = `aws logs put-retention-policy --log-group-name ${name} --retention-in-days ${retentionDays}`;
  if (!seen) {
    return [
      failed(
        'group',
        `the log group ${name} is gone, and the function may not make it: what it says is lost`,
        `Make it again, and with a KMS key of your own give it that: aws logs create-log-group --log-group-name ${name} && ${retention}`,
      ),
    ];
  }
  return [
    ok('group', 'it is there'),
    meant.retentionDays === undefined || seen.retentionDays === meant.retentionDays
      ? ok('retention', kept(seen))
      : warning(
          'retention',
          `the log is kept ${kept(seen)}, and not ${kept(meant)} as the stack has set it`,
          `Set it back, or set logRetentionDays in cdk.json and deploy: ${retention}`,
        ),
  ];
}

const kept = ({ retentionDays }: LogGroupSeen): string =>
  retentionDays === undefined ? 'for ever' : `for ${plural(retentionDays, 'day')}`;
