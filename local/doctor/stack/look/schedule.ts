import { GetScheduleCommand, type SchedulerClient } from '@aws-sdk/client-scheduler';
import { orAbsent } from '../asked.ts';
import type { ScheduleSeen } from '../schedule-checks.ts';

/** Undefined: it is gone. */
export async function lookAtSchedule(
  client: SchedulerClient,
  Name: string,
): Promise<ScheduleSeen | undefined> {
  return orAbsent(/^ResourceNotFound/, async () => {
    const { State, ScheduleExpression, Target, LastModificationDate } = await client.send(
      new GetScheduleCommand({ Name }),
    );
    return {
      isEnabled: State === 'ENABLED',
      expression: ScheduleExpression ?? '',
      target: Target?.Arn ?? '',
      input: Target?.Input ?? '',
      role: Target?.RoleArn ?? '',
      changedAt: LastModificationDate?.getTime() ?? 0,
    };
  });
}
