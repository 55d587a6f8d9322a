/** `npm run doctor -- --stack`, on a stack in the local AWS: what is wrong is named, and nothing else. */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { PutSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isSound } from '../../../../lambda/doctor/examine.ts';
import { stackName } from '../../../../local/aws/outputs.ts';
import { diagnosisText } from '../../../../local/doctor/diagnosis-text.ts';
import { examineStack } from '../../../../local/doctor/stack/examine-stack.ts';
import { stackDiagnosis } from '../../../../local/doctor/stack/stack-diagnosis.ts';
import { sentinels } from '../../../lambda/doctor/examining.ts';
import { scratchFolder } from '../../stores/scratch.ts';
import { type DeployedStack, deployStack } from './deployed-stack.ts';
import { answerFaults, settingsDenied } from './faults/answers.ts';
import { functionFaults } from './faults/function.ts';
import { partFaults } from './faults/parts.ts';
import { coverageOf, runFaults } from './faults/runs.ts';
import { scheduleFaults } from './faults/schedule.ts';
import { secretFaults } from './faults/secret.ts';
import { settingsFaults } from './faults/settings.ts';

let stack: DeployedStack;
beforeAll(async () => {
  stack = await deployStack();
}, 300_000);
afterAll(() => stack?.stop());

/** @param workspaces all of them, where it is undefined. */
async function look(workspaces: readonly string[] | undefined) {
  const findings = await examineStack({ stack: stackName, workspaces }, stack.doctorsClients);
  const diagnosis = stackDiagnosis(findings);
  const told = JSON.stringify(diagnosis) + diagnosisText(diagnosis);
  for (const each of [sentinels.key, ...sentinels.ids, sentinels.name]) expect(told).not.toContain(each);
  const { categories } = diagnosis;
  const troubles = categories.flatMap(({ name, checks }) =>
    checks
      .filter(({ result }) => result === 'failed' || result === 'warning')
      .map(({ name: check, ...rest }) => ({ check: `${name}, ${check}`, ...rest })),
  );
  const skipped = categories
    .filter(({ checks }) => checks.every(({ result }) => result === 'skipped'))
    .map(({ name }) => name);
  return { troubles, skipped, diagnosis };
}

const well = { troubles: [], skipped: [] };

test('a stack that is well is told in one line, and has a category for each part', async () => {
  const { diagnosis, ...found } = await look(undefined);
  expect(found).toEqual(well);
  expect(diagnosisText(diagnosis)).toBe('All is well.');
  const names = diagnosis.categories.map(({ name }) => name);
  expect(names.slice(0, 9)).toEqual(
    'stack function storage queues alarms log roles lifecycle workspaces'.split(' '),
  );
  for (const workspace of ['default', 'shop-2'])
    expect(names).toEqual(
      expect.arrayContaining(
        ['secret', 'schedule', 'answer', 'key', 'runs'].map((each) => `${each} of ${workspace}`),
      ),
    );
});

test('it only reads, and of a secret with a key not the value', async () => {
  const before = stack.proxy.requests.length;
  await look(undefined);
  const calls = stack.proxy.requests
    .slice(before)
    .map(({ method, path, target }) => target ?? `${method} ${path}`);
  const reading = [
    // CloudFormation and IAM, whose calls are told apart in their bodies only.
    /^POST \/$/,
    /^GET /,
    /^POST \/2015-03-31\/functions\/[^/]+\/invocations$/,
    /\.(Describe|Get)(Table|Item|QueueAttributes|Alarms|LogGroups|Secret|QueryExecution)$/,
    // Its result goes where the workgroup puts it.
    /^AmazonAthena\.StartQueryExecution$/,
  ];
  expect(calls.filter((call) => !reading.some((each) => each.test(call)))).toEqual([]);
  expect(calls).toContain('secretsmanager.DescribeSecret');
  expect(calls.filter((call) => call === 'AmazonAthena.StartQueryExecution')).toHaveLength(1);
});

test('what these credentials may not see is said, is no failure, and holds up nothing', async () => {
  const { proxy } = stack;
  proxy.fail(settingsDenied);
  const { diagnosis, ...found } = await look(undefined);
  proxy.fail(() => undefined);
  expect(found).toEqual({ troubles: [], skipped: ['log', 'roles', 'lifecycle'] });
  const text = diagnosisText(diagnosis);
  expect(text).toMatch(/^All is well\.\nskipped log, group: it was not looked at/);
  for (const action of ['logs:DescribeLogGroups', 'iam:GetRolePolicy', 's3:GetLifecycleConfiguration'])
    expect(text.replaceAll(/\s+/g, ' ')).toContain(action);
  expect(isSound(diagnosis)).toBe(true);
});

test('what is wrong with one workspace is told of no other', async () => {
  const { clients, secrets } = stack;
  const put = (SecretString: string) =>
    clients.secrets.send(new PutSecretValueCommand({ SecretId: secrets['shop-2'], SecretString }));
  await put('not-a-key-of-braze');
  const [both, one] = [await look(undefined), await look(['default'])];
  await put(sentinels.key);
  expect(both.troubles.map(({ check }) => check)).toEqual(['key of shop-2, accepted']);
  expect(both.skipped.every((name) => name.endsWith(' of shop-2'))).toBe(true);
  expect(one).toMatchObject(well);
});

test('a workspace that the stack does not have is named, with those that it has', async () => {
  const { troubles, skipped } = await look(['default', 'shop-3']);
  expect(troubles).toMatchObject([{ check: 'workspaces, known', seen: 'there is no workspace shop-3' }]);
  expect(troubles[0]?.hint).toContain('default, shop-2');
  expect(skipped).toEqual(['athena']);
});

test.for([
  ...secretFaults,
  ...scheduleFaults,
  ...functionFaults,
  ...partFaults,
  ...settingsFaults,
  ...runFaults,
  ...answerFaults,
])(
  '$title: that is named, with what mends it, and is well again afterwards',
  async ({ check, result = 'failed', skipped = [], mends, inject }) => {
    const mend = await inject(stack);
    const found = await look(['default']);
    await mend();
    expect(found.troubles).toEqual([
      { check, result, seen: expect.any(String), hint: expect.stringMatching(mends) },
    ]);
    expect(found.skipped.toSorted()).toEqual([...skipped].toSorted());
    expect(isSound(found.diagnosis)).toBe(result === 'warning');
    expect(await look(['default'])).toMatchObject(well);
  },
);

/** As a person would, with the AWS of this shell; a key that is set is not needed, and does no harm. */
async function doctor(...options: readonly string[]) {
  const cwd = scratchFolder();
  const { PATH = '', HOME = '' } = process.env;
  const env = { PATH, HOME, ...stack.localAws.environment, BRAZE_API_KEY: sentinels.key };
  const run = promisify(execFile)(process.execPath, [program, '--stack', stackName, ...options], {
    cwd,
    env,
  });
  const { code = 0, stdout, stderr } = await run.catch((error) => error);
  expect(stdout + stderr).not.toContain(sentinels.key);
  return { code, stdout, stderr, cwd };
}

const program = join(import.meta.dirname, '../../../../bin/doctor.ts');

test('the command says in one line that all is well', async () => {
  expect(await doctor()).toMatchObject({ code: 0, stdout: 'All is well.\n', stderr: '' });
});

test('the command ends with 1, prints JSON, and writes for others without a name', async () => {
  const mend = await coverageOf('shop-2', (line) => ({ ...line, state: 'failing' }))(stack);
  const { code, stdout, stderr, cwd } = await doctor(
    '--workspace',
    'shop-2',
    '--json',
    '--report',
    'report.json',
  );
  await mend();
  expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
  const { categories } = JSON.parse(stdout);
  for (const { name, checks, ...rest } of categories) {
    expect(rest).toEqual({});
    expect(name).not.toContain('default');
    for (const check of checks) expect(Object.keys(check)).toEqual(['name', 'result', 'seen', 'hint']);
  }
  const report = readFileSync(join(cwd, 'report.json'), 'utf8');
  expect(JSON.parse(report).checks).toContainEqual({
    category: 'runs',
    name: 'integrations',
    result: 'failed',
  });
  expect(report).not.toMatch(/shop|default|sentinel|127\.0\.0\.1|arn:|BrazeCdiSyncHistory/i);
});
