/** What is measured: this project, and three general loaders, each set up as its documentation advises. */
import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { promisify } from 'node:util';
import { gunzipSync } from 'node:zlib';
import type { FetchOptions } from '../../local/aws/fetch-once.ts';
import { fetchPythonPackages, type PythonPackages } from '../../local/aws/fetch-python-packages.ts';
import type { KeptSync } from './world.ts';

export interface Exporter {
  readonly name: string;
  /** Programs, with a pipe from each to the next, for an export into a folder in which they are started. */
  commands(endpoint: string, folder: string): Promise<readonly (readonly string[])[]>;
  /** All that it has in that folder. */
  rows(folder: string): Promise<KeptSync[]>;
}

const beside = (file: string): string => join(import.meta.dirname, file);
const root = beside('../..');
/** That of `npm start`, without npm. */
function startCommand(): string[] {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const [, ...words]: string[] = scripts.start.split(' ');
  return [process.execPath, ...words.map((word) => (/bin\//.test(word) ? join(root, word) : word))];
}

const unlimited = ['--requests-per-minute', '100000000', '--list-requests-per-minute', '100000000'];

export const ours: Exporter = {
  name: 'this project',
  commands: async (endpoint) => [
    [...startCommand(), '--endpoint', endpoint, '--data', 'data', '--json', ...unlimited],
  ],
  rows: async (folder) => {
    const lake = join(folder, 'data/lake/syncs');
    const files = existsSync(lake) ? await readdir(lake, { recursive: true }) : [];
    const rows: KeptSync[] = [];
    for (const file of files.filter((name) => name.endsWith('.ndjson.gz'))) {
      const lines = gunzipSync(await readFile(join(lake, file)))
        .toString()
        .trimEnd()
        .split('\n');
      for (const line of lines) {
        const { integration_id, raw } = JSON.parse(line);
        rows.push({ integration_id, ...JSON.parse(raw) });
      }
    }
    return rows;
  },
};

const packagesOf = (name: string, title: string): PythonPackages => ({
  name,
  title: `${title}, once`,
  requirements: `${name}-requirements.txt`,
});
const dltPackages = packagesOf('dlt', 'dlt (160 MB)');
const airbytePackages = packagesOf('airbyte', 'the Airbyte CDK (340 MB)');
const singerPackages = packagesOf('singer', 'the Singer SDK (80 MB)');

/** Fetches the others, the first time. */
export async function fetchPeers(options: FetchOptions): Promise<Exporter[]> {
  const dlt = await fetchPythonPackages(dltPackages, options);
  const airbyte = await fetchPythonPackages(airbytePackages, options);
  const singer = await fetchPythonPackages(singerPackages, options);
  return [
    {
      name: `dlt ${versionOf(dltPackages, 'dlt')}`,
      commands: async (endpoint) => [[dlt, beside('dlt_export.py'), endpoint]],
      rows: async (folder) => {
        const { stdout } = await promisify(execFile)(dlt, [beside('dlt_rows.py')], {
          cwd: folder,
          maxBuffer: 1e9,
        });
        return stdout.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line)]));
      },
    },
    {
      name: `Airbyte CDK ${versionOf(airbytePackages, 'airbyte-cdk')}`,
      commands: async (endpoint, folder) => {
        const config = { endpoint, api_key: process.env.BRAZE_API_KEY };
        await writeFile(join(folder, 'config.json'), JSON.stringify(config));
        const files = {
          config: 'config.json',
          catalog: beside('airbyte-catalog.json'),
          'manifest-path': beside('airbyte.yaml'),
        };
        return [
          [
            // Its own program names the folder in which it was fetched, which is no more.
            ...[airbyte, '-c', 'from airbyte_cdk.cli.source_declarative_manifest import run; run()', 'read'],
            ...Object.entries(files).flatMap(([name, file]) => [`--${name}`, file]),
            ...stateOf(folder),
          ],
          [airbyte, beside('target.py'), 'airbyte'],
        ];
      },
      rows: async (folder) => loadedRows(folder),
    },
    {
      name: `Singer SDK ${versionOf(singerPackages, 'singer-sdk')}`,
      commands: async (endpoint, folder) => {
        await writeFile(join(folder, 'config.json'), JSON.stringify({ endpoint }));
        return [
          [singer, beside('singer_tap.py'), '--config', 'config.json', ...stateOf(folder)],
          [singer, beside('target.py'), 'singer'],
        ];
      },
      rows: async (folder) => loadedRows(folder),
    },
  ];
}

function versionOf({ requirements }: PythonPackages, name: string): string {
  const pins = readFileSync(beside(`../../local/aws/${requirements}`), 'utf8');
  return new RegExp(`^${name}==(.+)$`, 'm').exec(pins)?.[1] ?? '';
}

/** What target.py has kept for it: copied by none, since a source reads it before the target writes. */
const stateOf = (folder: string): string[] =>
  existsSync(join(folder, 'state.json')) ? ['--state', 'state.json'] : [];

function loadedRows(folder: string): KeptSync[] {
  const file = join(folder, 'syncs.sqlite');
  if (!existsSync(file)) return [];
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    return database.prepare('SELECT * FROM syncs').all() as unknown as KeptSync[];
  } finally {
    database.close();
  }
}
