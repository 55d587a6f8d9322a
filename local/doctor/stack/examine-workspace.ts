/** One workspace of a deployed stack: its secret, its schedule, what the function finds, and its last runs. */
import type { Check } from '../../../lambda/doctor/check.ts';
import { readAnswer } from './answer-checks.ts';
import { asked, judged } from './asked.ts';
import type { StackClients } from './clients.ts';
import type { Findings } from './findings.ts';
import type { FunctionSeen } from './function-checks.ts';
import { askFunction } from './look/answer.ts';
import { lookAtCoverage, lookAtLease } from './look/runs.ts';
import { lookAtSchedule } from './look/schedule.ts';
import { lookAtSecret } from './look/secret.ts';
import type { Places } from './places.ts';
import { coverageChecks, leaseCheck } from './run-checks.ts';
import { type ScheduleSeen, scheduleChecks } from './schedule-checks.ts';
import { secretChecks } from './secret-checks.ts';

export interface WorkspaceMeant {
  readonly workspace: string;
  /** Name or ARN of the secret with its key. */
  readonly secret: string;
  readonly region: string;
  readonly places: Places;
  readonly exporter: FunctionSeen;
}

export async function examineWorkspace(
  findings: Findings,
  clients: StackClients,
  meant: WorkspaceMeant,
): Promise<void> {
  await findings.look('secret', [], async () =>
    judged(
      'found',
      'secretsmanager:DescribeSecret',
      await asked(() => lookAtSecret(clients.secrets, meant.secret)),
      (answer) => secretChecks(answer, meant),
    ),
  );
  const schedule = await lookAtScheduleOf(findings, clients, meant);
  await askFunctionOf(findings, clients, meant);
  const needs = ['function', 'storage', 'secret', 'schedule', 'answer', ...toRead];
  await findings.look('runs', needs, () => lookAtRuns(clients, meant, schedule?.expression));
}

/** Categories of the function's answer without which no run reads anything. */
const toRead = ['endpoint', 'key', 'connection', 'permissions', 'allowlist', 'stores'];

async function lookAtScheduleOf(
  findings: Findings,
  { scheduler }: StackClients,
  { workspace, places, exporter }: WorkspaceMeant,
): Promise<ScheduleSeen | undefined> {
  const name = places.scheduleOf(workspace);
  const given = await asked(async () => (name ? lookAtSchedule(scheduler, name) : undefined));
  findings.add(
    'schedule',
    judged('found', 'scheduler:GetSchedule', given, (answer) =>
      scheduleChecks(answer, {
        workspace,
        schedule: name,
        function: exporter.arn,
        role: places.schedulerRole,
      }),
    ),
  );
  return 'answer' in given ? given.answer : undefined;
}

/** The function's own categories. A key that was never set is told of once, and a bucket that is gone, too. */
async function askFunctionOf(
  findings: Findings,
  { lambda }: StackClients,
  { workspace, places }: WorkspaceMeant,
): Promise<void> {
  let answer: ReturnType<typeof readAnswer> | undefined;
  await findings.look('answer', ['function'], async () => {
    const given = await asked(() => askFunction(lambda, places.function, workspace));
    return judged('given', 'lambda:InvokeFunction', given, (seen) => {
      answer = readAnswer(seen, places.function);
      return [answer.check];
    });
  });
  for (const { name, checks } of answer?.categories ?? [])
    await findings.look(
      name,
      name === 'key' ? ['secret'] : name === 'stores' ? ['storage'] : [],
      () => checks,
    );
}

async function lookAtRuns(
  { s3, dynamoDb }: StackClients,
  { places: { bucket, table }, workspace }: WorkspaceMeant,
  schedule: string | undefined,
): Promise<readonly Check[]> {
  const now = Date.now();
  const [coverage, lease] = await Promise.all([
    asked(() => lookAtCoverage(s3, bucket, workspace)),
    asked(() => lookAtLease(dynamoDb, table, workspace)),
  ]);
  return [
    ...judged('last good run', 's3:GetObject (and kms:Decrypt on a key of your own)', coverage, (seen) =>
      coverageChecks(seen, { now, schedule }),
    ),
    ...judged('lease', 'dynamodb:GetItem', lease, (seen) => [leaseCheck(seen, now)]),
  ];
}
