/** Where the parts of the exporter are, by the outputs and resources of its stack. */
import { workspaceId } from '../../../lib/workspace-id.ts';

export interface Resource {
  readonly logicalId: string;
  readonly type: string;
  /** A name, an ARN or a URL: that depends on the type. */
  readonly physicalId: string;
}

export interface StackSeen {
  readonly name: string;
  readonly status: string;
  /** Found by somebody who has looked for it: nothing looks by itself. */
  readonly hasDrifted: boolean;
  readonly outputs: ReadonlyMap<string, string>;
  readonly resources: readonly Resource[];
}

export interface Places {
  readonly stack: string;
  readonly function: string;
  readonly bucket: string;
  /** Whether the stack has made the bucket: one that was there before is somebody's own. */
  readonly madeBucket: boolean;
  readonly table: string;
  /** Undefined: `catalog` is `false`. */
  readonly catalog: { readonly database: string; readonly workgroup: string } | undefined;
  readonly logGroup: string | undefined;
  /** Names. */
  readonly exporterRole: string | undefined;
  readonly schedulerRole: string | undefined;
  /** URLs. */
  readonly queues: Readonly<Record<'runs' | 'schedules' | 'reports', string | undefined>>;
  /** Names. */
  readonly alarms: readonly string[];
  /** Name of the schedule of the reports; undefined: the stack writes none. */
  readonly reportSchedule: string | undefined;
  /** Name of a workspace's schedule; undefined: the stack has none for it. */
  scheduleOf(workspace: string): string | undefined;
}

const needed = ['Function', 'Bucket', 'Table'] as const;

/** One for each exporter in the stack: the construct may stand in a stack of other things, more than once. */
export function placesIn({ name, outputs, resources }: StackSeen): Places[] {
  const prefixes = [...outputs.keys()].flatMap((key) => /^(.*)FollowLog$/.exec(key)?.[1] ?? []);
  return prefixes
    .filter((prefix) => needed.every((each) => outputs.get(prefix + each)))
    .map((prefix): Places => {
      const output = (key: string) => outputs.get(prefix + key);
      // The CDK adds eight characters to most ids.
      const idOf = (type: string, id: string) =>
        resources.find(
          (each) => each.type === type && new RegExp(`^${prefix}${id}([0-9A-F]{8})?$`).test(each.logicalId),
        )?.physicalId;
      const [database, workgroup] = [output('Database'), output('Workgroup')];
      return {
        stack: name,
        function: output('Function') ?? '',
        bucket: output('Bucket') ?? '',
        madeBucket: idOf('AWS::S3::Bucket', 'LakeBucket') !== undefined,
        table: output('Table') ?? '',
        catalog: database && workgroup ? { database, workgroup } : undefined,
        logGroup: idOf('AWS::Logs::LogGroup', 'ExporterLog'),
        exporterRole: idOf('AWS::IAM::Role', 'ExporterRole'),
        schedulerRole: idOf('AWS::IAM::Role', 'SchedulerRole'),
        queues: {
          runs: idOf('AWS::SQS::Queue', 'RunFailures'),
          schedules: idOf('AWS::SQS::Queue', 'ScheduleFailures'),
          reports: idOf('AWS::SQS::Queue', 'ReportFailures'),
        },
        alarms: resources
          .filter(
            ({ type, logicalId }) =>
              type === 'AWS::CloudWatch::Alarm' &&
              [`${prefix}Alarms`, `${prefix}ReportReportFailed`].some((each) => logicalId.startsWith(each)),
          )
          .map(({ physicalId }) => physicalId),
        reportSchedule: idOf('AWS::Scheduler::Schedule', 'ReportSchedule'),
        scheduleOf: (workspace) => idOf('AWS::Scheduler::Schedule', `ScheduleOf${workspaceId(workspace)}`),
      };
    });
}
