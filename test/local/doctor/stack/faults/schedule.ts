import {
  CreateScheduleCommand,
  DeleteScheduleCommand,
  GetScheduleCommand,
  UpdateScheduleCommand,
  type UpdateScheduleCommandInput,
} from '@aws-sdk/client-scheduler';
import { runs, type StackFault } from './fault.ts';

/** The schedule, changed in part. */
const changedSchedule =
  (change: (as: UpdateScheduleCommandInput) => Partial<UpdateScheduleCommandInput>): StackFault['inject'] =>
  async ({ clients: { scheduler }, places }) => {
    const { $metadata: _, ...as } = await scheduler.send(
      new GetScheduleCommand({ Name: places.scheduleOf('default') }),
    );
    const input = as as UpdateScheduleCommandInput;
    await scheduler.send(new UpdateScheduleCommand({ ...input, ...change(input) }));
    return () => scheduler.send(new UpdateScheduleCommand(input));
  };

const inConsole = /In EventBridge Scheduler, /;

export const scheduleFaults: readonly StackFault[] = [
  {
    title: 'the schedule is disabled',
    check: 'schedule of default, state',
    skipped: runs,
    mends: /In EventBridge Scheduler, enable .+ paused .+cdk\.json/,
    inject: changedSchedule(() => ({ State: 'DISABLED' })),
  },
  {
    title: 'the schedule is gone',
    check: 'schedule of default, found',
    skipped: runs,
    mends: /deployment of the same does not.+ \(first read .+\): npx cdk deploy --revert-drift$/,
    inject: async ({ clients: { scheduler }, places }) => {
      const Name = places.scheduleOf('default');
      const {
        $metadata: _,
        Arn,
        CreationDate,
        LastModificationDate,
        ...as
      } = await scheduler.send(new GetScheduleCommand({ Name }));
      await scheduler.send(new DeleteScheduleCommand({ Name }));
      return () => scheduler.send(new CreateScheduleCommand(as as UpdateScheduleCommandInput));
    },
  },
  {
    title: 'the schedule starts another function',
    check: 'schedule of default, target',
    skipped: runs,
    mends: inConsole,
    inject: changedSchedule(({ Target }) => ({
      Target: { RoleArn: '', ...Target, Arn: 'arn:aws:lambda:us-east-1:000000000000:function:another' },
    })),
  },
  {
    title: 'the schedule hands over the name of another workspace',
    check: 'schedule of default, target',
    skipped: runs,
    mends: /\{"workspace":"default"\}/,
    inject: changedSchedule(({ Target }) => ({
      Target: { Arn: '', RoleArn: '', ...Target, Input: '{"workspace":"shop-2"}' },
    })),
  },
  {
    title: 'the schedule has another role',
    check: 'schedule of default, role',
    skipped: runs,
    mends: inConsole,
    inject: changedSchedule(({ Target }) => ({
      Target: { Arn: '', ...Target, RoleArn: 'arn:aws:iam::000000000000:role/another' },
    })),
  },
];
