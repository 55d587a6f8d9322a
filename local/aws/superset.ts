/** Superset, a BI tool with a browser's face, with a dashboard that is imported from files. */
import { randomBytes } from 'node:crypto';
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FetchOptions } from './fetch-once.ts';
import { fetchPythonPackages, supersetPackages } from './fetch-python-packages.ts';
import { freePort } from './free-port.ts';
import { LocalAwsFailure } from './local-aws-failure.ts';
import { logTail } from './log-tail.ts';
import { runTethered, startTethered } from './tethered-process.ts';
import { waitUntilReady } from './wait-until-ready.ts';

export interface SupersetOptions extends FetchOptions {
  /** The caller makes up the name, and removes it when all is over. */
  readonly stateDirectory: string;
  /** A folder with the files of one export. */
  readonly dashboard: string;
  /** The database that is asked instead of the one that the files name, as SQLAlchemy writes it. */
  readonly database: string;
}

export interface Superset {
  readonly endpoint: string;
  readonly user: string;
  readonly password: string;
  readonly log: string;
  stop(): Promise<void>;
}

/** Fetches it where that was not done yet. It ends when this process does. @throws {LocalAwsFailure} */
export async function startSuperset(options: SupersetOptions): Promise<Superset> {
  const { stateDirectory: directory, say } = options;
  const python = await fetchPythonPackages(supersetPackages, options);
  await mkdir(directory, { recursive: true });
  const [user, password] = ['admin', randomBytes(12).toString('hex')];
  const log = join(directory, 'superset.log');
  const place = {
    python,
    environment: {
      PATH: process.env.PATH,
      HOME: directory,
      SUPERSET_HOME: directory,
      SUPERSET_SECRET: randomBytes(32).toString('hex'),
      SUPERSET_CONFIG_PATH: join(import.meta.dirname, 'superset_config.py'),
      FLASK_APP: 'superset.app:create_app()',
      // Else a folder would appear beside its configuration.
      PYTHONDONTWRITEBYTECODE: '1',
    },
    directory,
    log,
  };
  const commandOf = (...words: string[]) => [
    ...[python, '-c', 'from superset.cli.main import superset; superset()'],
    ...words,
  ];
  const archive = await archiveOf(options, python);
  say?.('Starting Superset …');
  for (const words of [
    ['db', 'upgrade'],
    ['init'],
    [
      ...['fab', 'create-admin', '--username', user, '--password', password],
      ...['--firstname', 'A', '--lastname', 'B', '--email', 'a@b.example'],
    ],
    ['import-dashboards', '--path', archive, '--username', user],
  ])
    await runTethered({
      ...place,
      command: commandOf(...words),
      advice: `Superset could not be made ready (${words[0]}).`,
    });
  const port = await freePort();
  const endpoint = `http://127.0.0.1:${port}`;
  const server = await startTethered({
    ...place,
    command: commandOf('run', '--host', '127.0.0.1', '--port', String(port), '--with-threads'),
  });
  const ready = await waitUntilReady(server.ended, 120, async (signal) => {
    const { ok } = await fetch(`${endpoint}/health`, { signal });
    return ok;
  });
  if (!ready) {
    await server.stop();
    throw new LocalAwsFailure(`Superset did not start. The end of ${log}:\n${await logTail(log)}`);
  }
  return { endpoint, user, password, log, stop: server.stop };
}

/** What is imported is one archive, with one folder at its root. */
async function archiveOf(options: SupersetOptions, python: string): Promise<string> {
  const { stateDirectory, dashboard, database } = options;
  const folder = join(stateDirectory, 'dashboard');
  await cp(dashboard, folder, { recursive: true });
  const file = join(folder, 'databases', 'braze_cdi.yaml');
  const text = await readFile(file, 'utf8');
  const changed = text.replace(/^sqlalchemy_uri: .*$/m, `sqlalchemy_uri: ${database}`);
  if (changed === text) throw new LocalAwsFailure(`There is no sqlalchemy_uri in ${file}.`);
  await writeFile(file, changed);
  await runTethered({
    python,
    command: [python, '-m', 'zipfile', '-c', 'dashboard.zip', 'dashboard'],
    environment: process.env,
    directory: stateDirectory,
    log: join(stateDirectory, 'superset.log'),
    advice: 'The dashboard could not be archived.',
  });
  return join(stateDirectory, 'dashboard.zip');
}
