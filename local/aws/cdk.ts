/** The CDK's command line, as a person would use it, on the real app of this project. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { SyncHistoryConfiguration } from '../../lib/configuration/configuration.ts';
import { contextKey } from '../../lib/configuration/context.ts';
import { environmentFor } from './client-environment.ts';
import type { LocalAws } from './local-aws.ts';
import { runTethered } from './tethered-process.ts';

const project = join(import.meta.dirname, '../..');
const cli = join(dirname(createRequire(import.meta.url).resolve('aws-cdk/package.json')), 'bin', 'cdk');

export class Cdk {
  readonly #localAws: LocalAws;
  readonly #directory: string;
  readonly #signal: AbortSignal;
  #runs = 0;

  /** @param directory for its output and logs. */
  constructor(localAws: LocalAws, directory: string, signal: AbortSignal) {
    this.#localAws = localAws;
    this.#directory = directory;
    this.#signal = signal;
  }

  /** @returns all that it printed. @throws {LocalAwsFailure} with the end of it. */
  async run(
    command: 'bootstrap' | 'deploy' | 'destroy',
    configuration: SyncHistoryConfiguration,
    ...options: string[]
  ): Promise<string> {
    this.#runs += 1;
    const log = join(this.#directory, `cdk-${this.#runs}-${command}.log`);
    await runTethered({
      python: this.#localAws.python,
      command: [
        ...[process.execPath, cli, command, ...options],
        ...['--context', `${contextKey}=${JSON.stringify(configuration)}`],
        ...['--output', join(this.#directory, 'cdk.out'), '--no-color', '--no-notices', '--ci'],
      ],
      environment: environmentFor(this.#localAws.environment),
      directory: project,
      log,
      advice: `cdk ${command} failed: if the message is about this project's stack, mend it in lib/.`,
      signal: this.#signal,
    });
    return readFile(log, 'utf8');
  }
}
