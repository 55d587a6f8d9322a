/** P13, in force: the bundled function with the rights of the synthesized role, and with each of them taken away. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, onTestFinished, test } from 'vitest';
import { startFaultProxy } from '../../local/aws/fault-proxy.ts';
import { bundle } from '../bench/bundle.ts';
import { sync, syncs, worldOf } from '../end-to-end/workspace.ts';
import { deploy } from '../lambda/aws/deployment.ts';
import { inForce } from './role-in-force.ts';
import { type Statement, statementsOf } from './statements.ts';
import { templateOf } from './synthesize.ts';

const role = statementsOf(templateOf()).filter(
  ({ at, kind }) => kind === 'identity' && at.startsWith('ExporterRole'),
);
/** What the function itself asks for while it exports; the rest is for Lambda. */
const needed = [
  's3:GetObject',
  's3:PutObject',
  's3:ListBucket',
  'dynamodb:GetItem',
  'dynamodb:PutItem',
  'dynamodb:Query',
  'secretsmanager:GetSecretValue',
];

/** What it asks for to tell of an incident: without it the run is as good as ever, and says who was not told. */
const telling = ['sns:Publish', 'events:PutEvents'];

let directory: string;
let file: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'role-in-force-'));
  ({ file } = await bundle(join(directory, 'cdk.out')));
}, 300_000);
afterAll(() => rm(directory, { recursive: true, force: true }));

async function runWith(statements: readonly Statement[]) {
  const unplaceable = { sync_start_time: 'never', job_status: 'success' };
  const failed = sync(11, { job_status: 'error' });
  const world = worldOf({ a: [...syncs(14), unplaceable], b: [...syncs(11), failed] });
  const { invoke, lake } = await deploy({ world });
  const proxy = await startFaultProxy(inject('localAws').endpoint);
  onTestFinished(() => proxy.close());
  const { judge, used } = inForce(statements);
  proxy.fail(judge);
  return { ...(await invoke({ bundle: file, awsEndpoint: proxy.endpoint })), used, lake };
}

test('with the rights of the role it exports all, and needs each of these', async () => {
  const { receipt, used, output, lake } = await runWith(role);

  expect(receipt, output).toMatchObject({
    outcome: 'complete',
    rows: { new: 26, quarantined: 1 },
    incidents: { raised: 1 },
  });
  expect([...used].sort()).toEqual([...needed, ...telling].sort());
  const prefixes = [...(await lake()).keys()].map((key) => key.split('/')[0]);
  expect(prefixes).toEqual(
    expect.arrayContaining(['syncs', 'integrations', 'coverage', 'standing', 'quarantine']),
  );
});

describe('without one of them it fails, with a sentence that says so and AWS’s own words:', () => {
  test.each(needed)('%s', async (action) => {
    const fewer = role.map((one) => ({ ...one, actions: one.actions.filter((each) => each !== action) }));

    const { receipt, output } = await runWith(fewer);

    expect(receipt?.outcome).not.toBe('complete');
    expect(output).toContain(
      'is not allowed to the role of this function any more: npx cdk deploy --revert-drift',
    );
    expect(output).toContain(`no identity-based policy allows the ${action} action`);
    expect(output).toContain('"message":"AWS has refused"');
  });
});

test.each([
  ['sns:Publish', 'Alerts to the topic: '],
  ['events:PutEvents', 'Events to EventBridge: '],
])('without %s it exports all the same, and says who was not told', async (action, opening) => {
  const fewer = role.map((one) => ({ ...one, actions: one.actions.filter((each) => each !== action) }));

  const { receipt, output, used } = await runWith(fewer);

  expect(receipt, output).toMatchObject({ outcome: 'complete', rows: { new: 26 } });
  expect(output).toContain(`${opening}1 of 1 have not arrived`);
  expect(output).toContain(`no identity-based policy allows the ${action} action`);
  expect([...used].sort()).toEqual([...needed, ...telling].filter((each) => each !== action).sort());
});

test('an object beside those of the lake is not its to read or to write', () => {
  const { judge } = inForce(role);
  const of = (method: string, path: string) => judge({ method, path, headers: {} });
  expect(of('PUT', '/bucket/syncs/workspace=shop/x')).toBeUndefined();
  expect(of('PUT', '/bucket/athena-results/x')).toMatchObject({ status: 403 });
  expect(of('GET', '/bucket/athena-results/x')).toMatchObject({ status: 403 });
  expect(of('DELETE', '/bucket/syncs/workspace=shop/x')).toMatchObject({ status: 403 });
  const call = (target: string) => judge({ method: 'POST', path: '/', headers: {}, target });
  expect(call('DynamoDB_20120810.DeleteItem')).toMatchObject({ status: 400 });
  expect(call('secretsmanager.PutSecretValue')).toMatchObject({ status: 400 });
});
