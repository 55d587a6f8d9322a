/** One local Athena for all tests of a run: `inject('athena')` tells where it is. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startAthena } from '../../../local/aws/athena.ts';

declare module 'vitest' {
  interface ProvidedContext {
    athena: {
      /** Of S3 and Glue. */
      readonly awsEndpoint: string;
      readonly awsEnvironment: Readonly<Record<string, string>>;
      readonly trinoEndpoint: string;
      readonly database: string;
      readonly bucket: string;
      /** A scratch folder, which is removed at the end. */
      readonly directory: string;
    };
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const directory = await mkdtemp(join(tmpdir(), 'bi-'));
  const removeDirectory = () => rm(directory, { recursive: true, force: true });
  const { localAws, trino, database, bucket, stop } = await startAthena({
    stateDirectory: directory,
    configuration: {
      workspaces: ['shop', 'second'].map((name) => ({
        name,
        endpoint: 'https://rest.fra-01.braze.eu',
        paused: true,
      })),
    },
    say: console.error,
  }).catch(async (error) => {
    await removeDirectory();
    throw error;
  });
  project.provide('athena', {
    awsEndpoint: localAws.endpoint,
    awsEnvironment: localAws.environment,
    trinoEndpoint: trino.endpoint,
    database,
    bucket,
    directory,
  });
  return async () => {
    await stop();
    await removeDirectory();
  };
}
