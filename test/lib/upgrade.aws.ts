/** P20: the stack of 28 November 2026 is deployed first, and this one over it. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CreateStackCommand,
  DescribeStackResourcesCommand,
  UpdateStackCommand,
  waitUntilStackCreateComplete,
  waitUntilStackUpdateComplete,
} from '@aws-sdk/client-cloudformation';
import { CreateBucketCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { PutSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { expect, onTestFinished, test } from 'vitest';
import { localAccount, localRegion } from '../../local/aws/client-environment.ts';
import { clientsFor } from '../../local/aws/clients.ts';
import { startLocalAws } from '../../local/aws/local-aws.ts';
import { outputsOf, stackName } from '../../local/aws/outputs.ts';
import { synthesize } from '../../local/package/synthesize.ts';
import { zipOf } from '../../local/package/zip.ts';
import { invokeWell } from '../../local/rehearsal/invoke.ts';
import { requestsPerMinute, startSimulatedWorkspace } from '../../local/rehearsal/simulated-workspace.ts';
import { wholeLake } from '../../local/rehearsal/whole-lake.ts';

const stateful =
  /^AWS::(S3::Bucket|DynamoDB::GlobalTable|SecretsManager::Secret|SNS::Topic|SQS::Queue|Glue::\w+)$/;
const limits = {
  requestsPerMinute: requestsPerMinute.status,
  listRequestsPerMinute: requestsPerMinute.list,
};
const braze = 'https://rest.iad-01.braze.com';

interface Template {
  readonly Resources: Readonly<
    Record<string, { readonly Type: string; readonly Properties: Record<string, unknown> }>
  >;
}

test('no resource that holds data is replaced, no row is lost, and nothing is doubled', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'upgrade-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  const localAws = await startLocalAws({ stateDirectory: directory, say: console.error });
  onTestFinished(() => localAws.stop());
  const source = await startSimulatedWorkspace();
  onTestFinished(() => source.close());
  const clients = clientsFor(localAws.endpoint);
  const { cloudFormation, s3, secrets } = clients;
  const now = await synthesize(
    {
      workspaces: [
        { name: 'default', endpoint: source.endpoint, ...limits },
        { name: 'shop-2', endpoint: braze, ...limits },
      ],
      alarmEmail: 'on-call@example.com',
      alerts: { email: 'crm@example.com' },
    },
    {},
  );
  const assets = `cdk-hnb659fds-assets-${localAccount}-${localRegion}`;
  await s3.send(new CreateBucketCommand({ Bucket: assets }));
  await s3.send(
    new PutObjectCommand({ Bucket: assets, Key: 'function.zip', Body: zipOf('index.mjs', now.code) }),
  );
  const landed = (await readFile(join(import.meta.dirname, 'landed/template.json'), 'utf8'))
    .replaceAll(
      `{\\"default\\":{\\"endpoint\\":\\"${braze}`,
      `{\\"default\\":{\\"endpoint\\":\\"${source.endpoint}`,
    )
    .replaceAll('\\"requestsPerMinute\\":100', `\\"requestsPerMinute\\":${limits.requestsPerMinute}`)
    .replaceAll(
      '\\"listRequestsPerMinute\\":50',
      `\\"listRequestsPerMinute\\":${limits.listRequestsPerMinute}`,
    );

  const physicalIds = async () => {
    const { StackResources = [] } = await cloudFormation.send(
      new DescribeStackResourcesCommand({ StackName: stackName }),
    );
    return Object.fromEntries(
      StackResources.filter(({ ResourceType = '' }) => stateful.test(ResourceType)).map(
        ({ LogicalResourceId = '', PhysicalResourceId }) => [LogicalResourceId, PhysicalResourceId],
      ),
    );
  };
  /** From a bucket: it is too large to be sent. */
  const given = async (name: string, template: Template) => {
    await s3.send(new PutObjectCommand({ Bucket: assets, Key: name, Body: body(template, assets) }));
    return {
      StackName: stackName,
      TemplateURL: `${localAws.endpoint}/${assets}/${name}`,
      Capabilities: ['CAPABILITY_IAM' as const],
    };
  };
  const patience = { client: cloudFormation, maxWaitTime: 120, minDelay: 1, maxDelay: 1 };

  await cloudFormation.send(new CreateStackCommand(await given('landed.json', JSON.parse(landed))));
  await waitUntilStackCreateComplete(patience, { StackName: stackName });
  const before = await physicalIds();
  expect(Object.keys(before).length).toBeGreaterThan(10);
  await secrets.send(
    new PutSecretValueCommand({ SecretId: before.ApiKeyOfDefault ?? '', SecretString: source.key() }),
  );
  const stackOf = async () => {
    const output = await outputsOf(cloudFormation);
    return { function: output('Function'), bucket: output('Bucket'), workspace: 'default' };
  };
  const first = await stackOf();
  expect((await invokeWell(clients, first)).rows.new).toBeGreaterThan(1000);
  const lake = await wholeLake(clients, first, source);

  await cloudFormation.send(
    new UpdateStackCommand(await given('now.json', now.template as unknown as Template)),
  );
  await waitUntilStackUpdateComplete(patience, { StackName: stackName });
  expect(await physicalIds()).toMatchObject(before);
  const upgraded = await stackOf();
  expect(upgraded.bucket).toBe(first.bucket);
  expect((await invokeWell(clients, upgraded)).rows.new).toBe(0);
  expect((await wholeLake(clients, upgraded, source)).lines.syncs).toHaveLength(
    lake.lines.syncs?.length ?? -1,
  );
  source.time.pass(30);
  expect((await invokeWell(clients, upgraded)).rows.new).toBeGreaterThan(0);
  await wholeLake(clients, upgraded, source);
}, 300_000);

/**
 * The template with the code of today, since that of then is no more, which wants a variable that the stack did not set
 * then; and without schedules, so that nothing runs but what is asked for.
 */
function body({ Resources }: Template, bucket: string): string {
  const parts = Object.entries(Resources)
    .filter(([, { Type }]) => Type !== 'AWS::Scheduler::Schedule')
    .map(([id, resource]) => {
      if (resource.Type !== 'AWS::Lambda::Function') return [id, resource];
      const environment = resource.Properties.Environment as { readonly Variables: Record<string, unknown> };
      const Environment = { Variables: { FIRST_DAY: '2022-01-01', ...environment.Variables } };
      const Properties = {
        ...resource.Properties,
        Environment,
        Code: { S3Bucket: bucket, S3Key: 'function.zip' },
      };
      return [id, { ...resource, Properties }];
    });
  return JSON.stringify({ Resources: Object.fromEntries(parts), Outputs: outputs(Resources) });
}

const outputs = (resources: Template['Resources']) => {
  const [id] = Object.entries(resources).find(([, { Type }]) => Type === 'AWS::Lambda::Function') ?? [];
  return { Function: { Value: { Ref: id } }, Bucket: { Value: { Ref: 'LakeBucket' } } };
};
