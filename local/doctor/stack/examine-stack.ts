/**
 * The doctor of a deployed stack: its parts as they are seen from outside, and what the function itself finds, for each
 * workspace. It only reads; of secrets with keys not even the value.
 */
import pMap from 'p-map';
import { hasFailed } from '../../../lambda/doctor/check.ts';
import { alarmChecks } from './alarm-checks.ts';
import { asked, judged, judgedWhereAllowed } from './asked.ts';
import { noCatalog, questionCheck } from './athena-checks.ts';
import type { StackClients } from './clients.ts';
import { examineSettings, settingsCategories } from './examine-settings.ts';
import { examineWorkspace } from './examine-workspace.ts';
import { type Finding, Findings } from './findings.ts';
import { type FunctionSeen, functionChecks, workspacesCheck } from './function-checks.ts';
import { lookAtAlarms } from './look/alarms.ts';
import { askAthena } from './look/athena.ts';
import { lookAtFunction, lookAtWorkspaces, type WorkspacesSeen } from './look/function.ts';
import { lookAtQueue } from './look/queues.ts';
import { lookAtReports } from './look/reports.ts';
import { lookAtSchedule } from './look/schedule.ts';
import { lookAtStack } from './look/stack.ts';
import { lookAtBucket, lookAtTable } from './look/storage.ts';
import { type Places, placesIn } from './places.ts';
import { queueCheck, queues } from './queue-checks.ts';
import { reportScheduleChecks, writtenCheck } from './report-checks.ts';
import { stackChecks } from './stack-checks.ts';
import { bucketChecks, tableCheck } from './storage-checks.ts';

export interface ExamineStackOptions {
  readonly stack: string;
  /** @default all of the stack */
  readonly workspaces: readonly string[] | undefined;
}

/** A workspace at a time keeps to the limits of its own key. */
const workspacesAtOnce = 4;

export async function examineStack(
  { stack, workspaces: wanted }: ExamineStackOptions,
  clients: StackClients,
): Promise<readonly Finding[]> {
  const findings = new Findings();
  const given = await asked(async () => ({
    region: await clients.cloudFormation.config.region(),
    seen: await lookAtStack(clients.cloudFormation, stack),
  }));
  const action = 'cloudformation:DescribeStacks and cloudformation:ListStackResources';
  const checks = judged('found', action, given, ({ seen, region }) => stackChecks(seen, stack, region));
  findings.add('stack', checks);
  const { region, seen } = 'answer' in given ? given.answer : { region: '', seen: undefined };
  const [places] = seen && !hasFailed(checks) ? placesIn(seen) : [];
  if (!seen || !places) {
    for (const name of [
      'function',
      'storage',
      'queues',
      'alarms',
      ...settingsCategories,
      'workspaces',
      'athena',
    ])
      await findings.look(name, ['stack'], () => []);
    return findings.all;
  }

  const exporter = await lookAtFunctionOf(places, findings, clients);
  await lookAtStorageOf(places, findings, clients);
  await lookAtQueuesOf(places, findings, clients);
  await lookAtAlarmsOf(places, findings, clients);
  await lookAtReportsOf(places, findings, clients);
  await examineSettings(seen, places, findings, clients);
  const settings = await lookAtSettings(exporter, wanted, findings, clients);
  const names = wanted ?? Object.keys(settings);
  await askAthenaOf(places, names, findings, clients);
  if (!exporter || findings.missing(['workspaces']) !== undefined) return findings.all;
  const ofWorkspaces = await pMap(
    names,
    async (workspace) => {
      const own = findings.of(workspace);
      const secret = settings[workspace]?.secret ?? '';
      await examineWorkspace(own, clients, { workspace, secret, region, places, exporter });
      return own.all;
    },
    { concurrency: workspacesAtOnce },
  );
  return [...findings.all, ...ofWorkspaces.flat()];
}

/** Undefined: there is none, or it can not be seen. */
async function lookAtFunctionOf(
  places: Places,
  findings: Findings,
  { lambda }: StackClients,
): Promise<FunctionSeen | undefined> {
  const given = await asked(() => lookAtFunction(lambda, places.function));
  const action = 'lambda:GetFunctionConfiguration and lambda:GetFunctionConcurrency';
  findings.add(
    'function',
    judged('found', action, given, (answer) => functionChecks(answer, places)),
  );
  return 'answer' in given ? given.answer : undefined;
}

async function lookAtStorageOf(
  places: Places,
  findings: Findings,
  { s3, dynamoDb }: StackClients,
): Promise<void> {
  const [bucket, table] = await Promise.all([
    asked(() => lookAtBucket(s3, places.bucket)),
    asked(() => lookAtTable(dynamoDb, places.table)),
  ]);
  findings.add('storage', [
    ...judged('bucket', 's3:GetBucketVersioning', bucket, (answer) => bucketChecks(answer, places)),
    ...judged('table', 'dynamodb:DescribeTable', table, (answer) => [tableCheck(answer, places)]),
  ]);
}

async function lookAtQueuesOf(
  places: Places,
  findings: Findings,
  { sqs, cloudWatch }: StackClients,
): Promise<void> {
  const all = ['runs', 'schedules', ...(places.reportSchedule ? (['reports'] as const) : [])] as const;
  const checks = all.map(async (each) => {
    const url = places.queues[each];
    const given = await asked(async () => (url ? lookAtQueue(sqs, cloudWatch, url) : undefined));
    const { name } = queues[each];
    return judged(name, 'sqs:GetQueueAttributes', given, (answer) => [queueCheck(answer, queues[each])]);
  });
  findings.add('queues', (await Promise.all(checks)).flat());
}

/** Where the stack writes none, there is nothing to look at. */
async function lookAtReportsOf(
  { reportSchedule: name, bucket }: Places,
  findings: Findings,
  { scheduler, s3 }: StackClients,
): Promise<void> {
  if (name === undefined) return;
  const given = await asked(() => lookAtSchedule(scheduler, name));
  const schedule = 'answer' in given ? given.answer : undefined;
  findings.add('reports', [
    ...judged('schedule', 'scheduler:GetSchedule', given, (answer) => reportScheduleChecks(answer, name)),
    ...(schedule && findings.missing(['storage bucket']) === undefined
      ? judgedWhereAllowed(
          'written',
          's3:ListBucket',
          await asked(() => lookAtReports(s3, bucket)),
          (answer) => [writtenCheck(answer, schedule, Date.now())],
        )
      : []),
  ]);
}

async function lookAtAlarmsOf(
  { alarms }: Places,
  findings: Findings,
  { cloudWatch }: StackClients,
): Promise<void> {
  const given = await asked(() => lookAtAlarms(cloudWatch, alarms));
  findings.add(
    'alarms',
    judged('found', 'cloudwatch:DescribeAlarms', given, (answer) => alarmChecks(answer, alarms)),
  );
}

/** @returns the settings of all workspaces; none where they can not be seen. */
async function lookAtSettings(
  exporter: FunctionSeen | undefined,
  wanted: ExamineStackOptions['workspaces'],
  findings: Findings,
  { secrets }: StackClients,
): Promise<WorkspacesSeen> {
  let settings: WorkspacesSeen = {};
  await findings.look('workspaces', ['function found'], async () => {
    const environment = exporter?.environment ?? {};
    const given = await asked(() => lookAtWorkspaces(secrets, environment));
    if ('answer' in given) settings = given.answer;
    return judged('known', 'secretsmanager:GetSecretValue', given, (answer) => [
      workspacesCheck(Object.keys(answer), wanted),
    ]);
  });
  return settings;
}

async function askAthenaOf(
  { catalog }: Places,
  workspaces: readonly string[],
  findings: Findings,
  { athena }: StackClients,
): Promise<void> {
  if (!catalog) return findings.add('athena', [noCatalog]);
  await findings.look('athena', ['storage', 'function found', 'workspaces'], async () => {
    const given = await asked(() => askAthena(athena, catalog, workspaces));
    const action = 'athena:StartQueryExecution and athena:GetQueryExecution';
    return judged('question', action, given, (answer) => [questionCheck(answer)]);
  });
}
