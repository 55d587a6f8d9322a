/** Athena on this machine: the stack deployed to the local AWS, and Trino over the Glue catalogue that it made. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { SyncHistoryConfiguration } from '../../lib/configuration/configuration.ts';
import { Cdk } from './cdk.ts';
import { localAccount, localRegion } from './client-environment.ts';
import { clientsFor } from './clients.ts';
import { type FaultProxy, startFaultProxy } from './fault-proxy.ts';
import { type LocalAws, startLocalAws } from './local-aws.ts';
import { outputsOf } from './outputs.ts';
import { startTrino, type Trino } from './trino.ts';

export interface LocalAthena {
  readonly localAws: LocalAws;
  readonly trino: Trino;
  readonly database: string;
  readonly bucket: string;
  /** Between Trino and the local AWS: what it asks S3 and Glue for can be counted. */
  readonly proxy: FaultProxy;
  stop(): Promise<void>;
}

export interface LocalAthenaOptions {
  readonly stateDirectory: string;
  readonly configuration: SyncHistoryConfiguration;
  /** Of Trino; @default as startTrino has it, which is enough for small lakes. */
  readonly heapMegabytes?: number;
  readonly say?: (text: string) => void;
}

/** Fetches what is needed where that was not done yet. @throws {LocalAwsFailure} */
export async function startAthena({
  stateDirectory,
  configuration,
  heapMegabytes,
  say = () => {},
}: LocalAthenaOptions): Promise<LocalAthena> {
  const closing: (() => Promise<void>)[] = [];
  const stop = async () => {
    for (const close of closing.reverse()) await close();
  };
  try {
    const localAws = await startLocalAws({ stateDirectory: join(stateDirectory, 'aws'), say });
    closing.push(localAws.stop);
    say('Deploying the stack to it …');
    const directory = join(stateDirectory, 'cdk');
    await mkdir(directory, { recursive: true });
    const cdk = new Cdk(localAws, directory, new AbortController().signal);
    await cdk.run('bootstrap', configuration, `aws://${localAccount}/${localRegion}`);
    await cdk.run('deploy', configuration, '--require-approval', 'never');
    const output = await outputsOf(clientsFor(localAws.endpoint).cloudFormation);
    const proxy = await startFaultProxy(localAws.endpoint);
    closing.push(proxy.close);
    say('Starting Trino …');
    const trino = await startTrino({
      localAws: { ...localAws, endpoint: proxy.endpoint },
      stateDirectory: join(stateDirectory, 'trino'),
      ...(heapMegabytes !== undefined && { heapMegabytes }),
      say,
    });
    closing.push(trino.stop);
    return { localAws, trino, proxy, database: output('Database'), bucket: output('Bucket'), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
