/** Trino, the engine that Athena runs, over the Glue and S3 of the local AWS. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { FetchOptions } from './fetch-once.ts';
import { fetchTrino } from './fetch-trino.ts';
import { freePort } from './free-port.ts';
import type { LocalAws } from './local-aws.ts';
import { LocalAwsFailure } from './local-aws-failure.ts';
import { logTail } from './log-tail.ts';
import { startTethered } from './tethered-process.ts';
import { type QueryOptions, type QueryResult, query } from './trino-query.ts';
import { readyQuery, writeTrinoSettings } from './trino-settings.ts';
import { waitUntilReady } from './wait-until-ready.ts';

export interface TrinoOptions extends FetchOptions {
  readonly localAws: LocalAws;
  /** For its settings, log and temporary files: the caller makes up the name, and removes it when all is over. */
  readonly stateDirectory: string;
  /** @default 900 */
  readonly heapMegabytes?: number;
}

export interface Trino {
  readonly endpoint: string;
  readonly log: string;
  /** @throws {QueryFailure} with Trino's own message. */
  query(sql: string, options?: QueryOptions): Promise<QueryResult>;
  stop(): Promise<void>;
}

/** Fetches it where that was not done yet. It ends when this process does. @throws {LocalAwsFailure} */
export async function startTrino(options: TrinoOptions): Promise<Trino> {
  const { localAws, stateDirectory: directory, heapMegabytes = 900 } = options;
  const { home, java } = await fetchTrino(localAws.python, options);
  const temporary = join(directory, 'tmp');
  await mkdir(temporary, { recursive: true });
  const port = await freePort();
  const plugins = join(home, 'plugin');
  const awsEndpoint = localAws.endpoint;
  await writeTrinoSettings({ directory, port, plugins, awsEndpoint, heapMegabytes });
  const endpoint = `http://127.0.0.1:${port}`;
  const log = join(directory, 'trino.log');
  const server = await startTethered({
    python: localAws.python,
    command: [java, ...javaOptions(directory, temporary, heapMegabytes), '-cp', join(home, 'lib', '*'), main],
    environment: { PATH: process.env.PATH, HOME: directory },
    directory,
    log,
  });
  // Trino says that it has started some seconds before it answers: only a row tells.
  const ready = await waitUntilReady(server.ended, 240, async (signal) => {
    const { rows } = await query(endpoint, readyQuery, { signal });
    return rows.length === 1;
  });
  if (!ready) {
    await server.stop();
    throw new LocalAwsFailure(`Trino did not start. The end of ${log}:\n${await logTail(log)}`);
  }
  return { endpoint, log, query: (sql, more) => query(endpoint, sql, more), stop: server.stop };
}

const main = 'io.trino.server.TrinoServer';

function javaOptions(directory: string, temporary: string, heapMegabytes: number): string[] {
  const etc = join(directory, 'etc');
  return [
    '-Xms256m',
    `-Xmx${heapMegabytes}m`,
    '-XX:+UseSerialGC',
    // Quicker to start, and quick enough for some hundred queries.
    '-XX:TieredStopAtLevel=1',
    '-XX:+ExitOnOutOfMemoryError',
    '-XX:ReservedCodeCacheSize=256M',
    '-XX:+EnableDynamicAgentLoading',
    '-XX:+IgnoreUnrecognizedVMOptions',
    '--sun-misc-unsafe-memory-access=allow',
    '--enable-native-access=ALL-UNNAMED',
    '-Djdk.attach.allowAttachSelf=true',
    '-Djdk.nio.maxCachedBufferSize=2000000',
    '-Dfile.encoding=UTF-8',
    '-Duser.timezone=UTC',
    `-Djava.io.tmpdir=${temporary}`,
    '-Dnode.environment=local',
    '-Dnode.id=local',
    `-Dnode.data-dir=${directory}`,
    '-Dnode.bind-ip=127.0.0.1',
    `-Dconfig=${join(etc, 'config.properties')}`,
    `-Dlog.levels-file=${join(etc, 'log.properties')}`,
    `-Dcatalog.config-dir=${join(etc, 'catalog')}`,
  ];
}
