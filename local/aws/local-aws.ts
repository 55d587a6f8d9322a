/** An AWS on this machine: S3, DynamoDB, CloudFormation, Lambda, Scheduler, Glue and more, behind one endpoint. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { clientEnvironment } from './client-environment.ts';
import type { FetchOptions } from './fetch-once.ts';
import { fetchPythonPackages, ministackPackages } from './fetch-python-packages.ts';
import { freePort } from './free-port.ts';
import { LocalAwsFailure } from './local-aws-failure.ts';
import { logTail } from './log-tail.ts';
import { pathWithProjectNode } from './project-node.ts';
import { startTethered } from './tethered-process.ts';
import { waitUntilReady } from './wait-until-ready.ts';

export interface LocalAwsOptions extends FetchOptions {
  /** @default 0: one that is free */
  readonly port?: number;
  /** For its log and temporary files: the caller makes up the name, and removes it when all is over. */
  readonly stateDirectory: string;
}

export interface LocalAws {
  readonly endpoint: string;
  /** For programs that are to talk to it. SDK clients for S3 need `forcePathStyle` besides. */
  readonly environment: Readonly<Record<string, string>>;
  /** The Python that runs it, which others may use too. */
  readonly python: string;
  readonly log: string;
  /** Ends it with all that it holds, functions at work included. */
  stop(): Promise<void>;
}

/** Fetches it where that was not done yet. It ends when this process does. @throws {LocalAwsFailure} */
export async function startLocalAws(options: LocalAwsOptions): Promise<LocalAws> {
  const { stateDirectory } = options;
  const python = await fetchPythonPackages(ministackPackages, options);
  await mkdir(stateDirectory, { recursive: true });
  // It starts functions from a script of its own in there, which a package.json further up must not turn into a module.
  await writeFile(join(stateDirectory, 'package.json'), '{"type":"commonjs"}\n');
  const port = await freePort(options.port);
  const endpoint = `http://127.0.0.1:${port}`;
  const log = join(stateDirectory, 'local-aws.log');
  const server = await startTethered({
    python,
    command: [python, join(import.meta.dirname, 'ministack_plus.py')],
    environment: {
      PATH: pathWithProjectNode(),
      HOME: stateDirectory,
      TMPDIR: stateDirectory,
      STATE_DIR: join(stateDirectory, 'state'),
      GATEWAY_PORT: String(port),
      BIND_HOST: '127.0.0.1',
      // Each would open a port of its own.
      IOT_MTLS_ENABLED: '0',
      SFTP_ENABLED: '0',
      // Docker is not needed: a daemon that happens to run here is not asked.
      DOCKER_HOST: `unix://${join(stateDirectory, 'no-docker.sock')}`,
    },
    directory: stateDirectory,
    log,
  });
  const ready = await waitUntilReady(server.ended, 60, async (signal) => {
    const { ok } = await fetch(`${endpoint}/_ministack/health`, { signal });
    return ok;
  });
  if (!ready) {
    await server.stop();
    throw new LocalAwsFailure(`The local AWS did not start. The end of ${log}:\n${await logTail(log)}`);
  }
  return {
    endpoint,
    environment: clientEnvironment(endpoint, stateDirectory),
    python,
    log,
    stop: server.stop,
  };
}
