import { type CloudWatchClient, DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import type { AlarmSeen } from '../alarm-checks.ts';

/** AWS takes so many names at once. */
const atOnce = 100;

export async function lookAtAlarms(
  client: CloudWatchClient,
  names: readonly string[],
): Promise<readonly AlarmSeen[]> {
  const seen: AlarmSeen[] = [];
  for (let from = 0; from < names.length; from += atOnce) {
    const AlarmNames = names.slice(from, from + atOnce);
    const { MetricAlarms = [] } = await client.send(
      new DescribeAlarmsCommand({ AlarmNames, MaxRecords: atOnce }),
    );
    for (const {
      AlarmName = '',
      AlarmDescription = '',
      StateValue,
      ActionsEnabled,
      AlarmActions,
    } of MetricAlarms)
      seen.push({
        name: AlarmName,
        description: AlarmDescription,
        isRinging: StateValue === 'ALARM',
        tells: ActionsEnabled !== false && (AlarmActions?.length ?? 0) > 0,
      });
  }
  return seen;
}
