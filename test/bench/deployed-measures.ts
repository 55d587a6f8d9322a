/** What the deployed function costs, measured against the local AWS, each invocation in a fresh process. */
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { type FaultProxy, startFaultProxy } from '../../local/aws/fault-proxy.ts';
import { type LocalAws, startLocalAws } from '../../local/aws/local-aws.ts';
import { type Invocation, placeFunction } from '../../local/aws/place-function.ts';
import { dynamoDbAt } from '../../local/aws/places.ts';
import { startSimulatedBraze } from '../../local/simulator/http.ts';
import { bundle } from './bundle.ts';
import { type Measure, measure } from './measure.ts';
import { deepHistory } from './memory-measures.ts';
import { measuredOptions, peakOf } from './peak-of.ts';
import { SteadyWorld, type SteadyWorldOptions } from './steady-world.ts';

const minute = 60_000;
const unlimited = { statusLimit: 1e9, listLimit: 1e9, limitHeaders: 'none' } as const;

export async function deployed(): Promise<Measure[]> {
  const directory = await mkdtemp(join(tmpdir(), 'bench-'));
  try {
    const { file, kilobytes, zippedKilobytes } = await bundle(join(directory, 'cdk.out'));
    const localAws = await startLocalAws({ stateDirectory: join(directory, 'aws'), say: console.error });
    try {
      return [
        measure(
          `KB of the zipped function, SDK inside (${Math.round(kilobytes)} unzipped)`,
          zippedKilobytes,
          500,
          0,
        ),
        ...(await steadyRun(localAws, file)),
        ...(await fullBackfill(localAws, file)),
      ];
    } finally {
      await localAws.stop();
    }
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

const integrations = 20;
const world = { ...deepHistory, integrations, rows: 100 };

/** Each integration has a new sync since the last run, all of them on one day. */
async function steadyRun(localAws: LocalAws, file: string): Promise<Measure[]> {
  let now = world.until + minute;
  let firstRequestAt: number | undefined;
  const server = await startSimulatedBraze({
    world: new SteadyWorld(world),
    quirks: unlimited,
    now: () => now,
    faults: () => {
      firstRequestAt ??= performance.now();
      return undefined;
    },
  });
  const proxy = await startFaultProxy(localAws.endpoint);
  try {
    const placed = await placeFunction(localAws, server.endpoint, 'measured');
    // The second one looks at what the first has left behind, once.
    for (let runs = 0; runs < 2; runs += 1) {
      await completed(placed.start({ bundle: file }));
      now += world.cadence;
    }
    firstRequestAt = undefined;
    const began = performance.now();
    await completed(placed.start({ bundle: file, awsEndpoint: proxy.endpoint }));
    const coldStart = (Number(firstRequestAt) - began) / 1000;
    return [
      measure('seconds from process start to the first request, cold', coldStart, 1, 2),
      ...usage(proxy, await itemBytes(localAws, placed.table)),
    ];
  } finally {
    await proxy.close();
    await server.close();
  }
}

/** A day, its month of `days`, the integrations, coverage and standing; the integrations are written where they have changed. */
const objects = { read: 5, written: 4 };

/** @param items sizes of the records after the run: those of the integrations, which it wrote once, and the workspace's. */
function usage({ requests }: FaultProxy, items: Items): Measure[] {
  const toS3 = requests.filter(({ target }) => target === undefined);
  const sent = (method: string) => toS3.filter((request) => request.method === method).length;
  const count = (operation: string) =>
    requests.filter(({ target }) => target?.endsWith(`.${operation}`)).length;
  const ofWorkspace = count('PutItem') - items.integrations.length;
  const written = sum(items.integrations.map(unitsOfWriting)) + ofWorkspace * unitsOfWriting(items.workspace);
  // A query counts what it read together.
  const read = count('GetItem') + Math.ceil(sum(items.integrations.concat(items.workspace)) / 4096);
  const run = `a steady run of ${integrations} integrations`;
  return [
    measure(`objects read over objects touched, ${run}`, sent('GET') / objects.read, 1, 2),
    measure(`objects written over objects touched, ${run}`, sent('PUT') / objects.written, 1, 2),
    // A record takes between one and two kilobytes.
    measure(`DynamoDB write units, ${run}`, written, 2 * integrations + 8, 0),
    measure(`DynamoDB read units, ${run}`, read, 10, 0),
    measure(`bytes of an integration’s record, ${run}`, sum(items.integrations) / integrations, 2048, 0),
  ];
}

const unitsOfWriting = (bytes: number): number => Math.ceil(bytes / 1024);
const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);

interface Items {
  readonly integrations: readonly number[];
  readonly workspace: number;
}

/** As DynamoDB counts them: the names and the values, in bytes. */
async function itemBytes({ endpoint }: LocalAws, table: string): Promise<Items> {
  const { Items = [] } = await dynamoDbAt(endpoint).send(new ScanCommand({ TableName: table }));
  const sizes = Items.map((item) => ({
    isWorkspace: item.item?.S === 'workspace',
    bytes: sum(Object.entries(item).map(([name, { S, N }]) => Buffer.byteLength(`${name}${S ?? N}`))),
  }));
  return {
    integrations: sizes.filter(({ isWorkspace }) => !isWorkspace).map(({ bytes }) => bytes),
    workspace: sizes.find(({ isWorkspace }) => isWorkspace)?.bytes ?? 0,
  };
}

/** As many pages as 15 minutes of the documented limit allow. */
async function fullBackfill(localAws: LocalAws, file: string): Promise<Measure[]> {
  const pages: SteadyWorldOptions = { ...deepHistory, integrations: 5, rows: 3000 };
  const server = await startSimulatedBraze({
    world: new SteadyWorld(pages),
    quirks: unlimited,
    now: () => pages.until + minute,
  });
  try {
    const placed = await placeFunction(localAws, server.endpoint, 'measured');
    const invocation = placed.start({ bundle: file, nodeOptions: measuredOptions });
    invocation.stdout.resume();
    return await peakOf('a backfill of 1,500 pages to S3', invocation.stderr);
  } finally {
    await server.close();
  }
}

async function completed(invocation: Invocation): Promise<void> {
  invocation.stdout.resume();
  invocation.stderr.pipe(process.stderr);
  const [code] = await once(invocation, 'exit');
  if (code !== 0) throw new Error('The measured invocation failed.');
}
