/** The stack in a local AWS of its own, with two workspaces, of which one is paused; both have been exported once. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateStackCommand, waitUntilStackCreateComplete } from '@aws-sdk/client-cloudformation';
import { CreateBucketCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { PutSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { clientsFor } from '../../../../local/aws/clients.ts';
import { type FaultProxy, startFaultProxy } from '../../../../local/aws/fault-proxy.ts';
import { type LocalAws, startLocalAws } from '../../../../local/aws/local-aws.ts';
import { stackName } from '../../../../local/aws/outputs.ts';
import { placeAt } from '../../../../local/aws/places.ts';
import { type StackClients, stackClients } from '../../../../local/doctor/stack/clients.ts';
import { lookAtStack } from '../../../../local/doctor/stack/look/stack.ts';
import { type Places, placesIn } from '../../../../local/doctor/stack/places.ts';
import { synthesize } from '../../../../local/package/synthesize.ts';
import { zipOf } from '../../../../local/package/zip.ts';
import { invokeWell } from '../../../../local/rehearsal/invoke.ts';
import { requestsPerMinute } from '../../../../local/rehearsal/simulated-workspace.ts';
import { type SimulatedBrazeServer, startSimulatedBraze } from '../../../../local/simulator/http.ts';
import { allPermissions } from '../../../../local/simulator/permissions.ts';
import { sentinels, shopWorld } from '../../../lambda/doctor/examining.ts';

export interface DeployedStack {
  readonly localAws: LocalAws;
  readonly places: Places;
  /** Names of the secrets, by workspace. */
  readonly secrets: Readonly<Record<'default' | 'shop-2', string>>;
  readonly braze: SimulatedBrazeServer;
  /** By which a test does damage, and mends it. */
  readonly clients: StackClients;
  /** Those of the doctor go through it. */
  readonly proxy: FaultProxy;
  readonly doctorsClients: StackClients;
  stop(): Promise<void>;
}

const codeBucket = 'code-of-somebody';

export async function deployStack(): Promise<DeployedStack> {
  const directory = await mkdtemp(join(tmpdir(), 'stack-doctor-'));
  const localAws = await startLocalAws({ stateDirectory: directory, say: console.error });
  const braze = await startSimulatedBraze({
    world: shopWorld(),
    keys: { [sentinels.key]: allPermissions },
    quirks: { statusLimit: requestsPerMinute.status, listLimit: requestsPerMinute.list },
  });
  const proxy = await startFaultProxy(localAws.endpoint);
  const clients = stackClients(placeAt(localAws.endpoint));
  await create(clients, localAws.endpoint, braze.endpoint);
  const seen = await lookAtStack(clients.cloudFormation, stackName);
  const places = seen && placesIn(seen)[0];
  if (!places) throw new TypeError('The stack has no outputs.');
  const secretOf = (id: string) => seen.resources.find(({ logicalId }) => logicalId === id)?.physicalId ?? '';
  const secrets = { default: secretOf('ApiKeyOfDefault'), 'shop-2': secretOf('ApiKeyOfShopDash2') };
  for (const [workspace, SecretId] of Object.entries(secrets)) {
    await clients.secrets.send(new PutSecretValueCommand({ SecretId, SecretString: sentinels.key }));
    await invokeWell(clientsFor(localAws.endpoint), { function: places.function, workspace });
  }
  return {
    localAws,
    places,
    secrets,
    braze,
    clients,
    proxy,
    doctorsClients: stackClients(placeAt(proxy.endpoint)),
    stop: async () => {
      await proxy.close();
      await braze.close();
      await localAws.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

async function create(
  { cloudFormation, s3 }: StackClients,
  endpoint: string,
  brazeEndpoint: string,
): Promise<void> {
  const limits = {
    endpoint: brazeEndpoint,
    requestsPerMinute: requestsPerMinute.status,
    listRequestsPerMinute: requestsPerMinute.list,
  };
  const { template, code } = await synthesize(
    {
      workspaces: [
        { name: 'default', ...limits },
        { name: 'shop-2', paused: true, ...limits },
      ],
      // Nothing runs but what is asked for.
      schedule: 'rate(12 hours)',
    },
    {},
  );
  const { Resources, Outputs } = JSON.parse(JSON.stringify(template));
  for (const { Type, Properties } of Object.values<{ Type: string; Properties: Record<string, unknown> }>(
    Resources,
  ))
    if (Type === 'AWS::Lambda::Function') Properties.Code = { S3Bucket: codeBucket, S3Key: 'function.zip' };
  await s3.send(new CreateBucketCommand({ Bucket: codeBucket }));
  const objects = {
    'function.zip': zipOf('index.mjs', code),
    'template.json': JSON.stringify({ Resources, Outputs }),
  };
  for (const [Key, Body] of Object.entries(objects))
    await s3.send(new PutObjectCommand({ Bucket: codeBucket, Key, Body }));
  await cloudFormation.send(
    new CreateStackCommand({
      StackName: stackName,
      TemplateURL: `${endpoint}/${codeBucket}/template.json`,
      Capabilities: ['CAPABILITY_IAM'],
    }),
  );
  const patience = { client: cloudFormation, maxWaitTime: 120, minDelay: 1, maxDelay: 1 };
  await waitUntilStackCreateComplete(patience, { StackName: stackName });
}
