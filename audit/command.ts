/** The command `npm run audit`: from the command line to what is printed, and the exit code. */
import { setTimeout as sleep } from 'node:timers/promises';
import { CommanderError } from 'commander';
import project from '../package.json' with { type: 'json' };
import { readApiKey } from './api-key.ts';
import { audit, type Report } from './audit.ts';
import { AuditFailure } from './audit-failure.ts';
import { BrazeClient } from './braze/client.ts';
import { BrazeComparison } from './braze/comparison.ts';
import { goThroughProxies } from './braze/proxies.ts';
import { type CommandLine, type Environment, readCommandLine } from './command-line.ts';
import { CheckpointFolder } from './folder/checkpoint-folder.ts';
import { LakeFolder } from './folder/lake-folder.ts';
import { outliveOutput, print } from './show/print.ts';
import { Progress } from './show/progress.ts';
import { reportText } from './show/report-text.ts';
import type { CheckpointSource, LakeSource } from './sources.ts';
import { things } from './things.ts';
import { untilStopped } from './until-stopped.ts';
import { WrongUse } from './wrong-use.ts';

/** @returns the exit code. */
export async function auditCommand(
  commandLine: readonly string[],
  environment: Environment,
): Promise<number> {
  outliveOutput();
  try {
    return await run(readCommandLine(commandLine, environment, project.version), environment);
  } catch (error) {
    // Commander itself has told what is wrong, or answered.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (error instanceof WrongUse) {
      console.error(`Error: ${error.message}.\nSee npm run audit -- --help.`);
      return 2;
    }
    const message = error instanceof Error ? error.message : String(error);
    console.error(
      error instanceof AuditFailure ? `Error: ${message}` : `Error: a fault of this program: ${message}`,
    );
    return 1;
  }
}

async function run(options: CommandLine, environment: Environment): Promise<number> {
  const progress = new Progress(process.stderr);
  const comparison = comparisonOf(options, environment, progress);
  const work = async () => {
    const report = await audit({
      ...(await sourcesOf(options)),
      workspace: options.workspace,
      now: Date.now(),
      refusedShare: options.refusedShare,
      source: comparison,
      onProgress: ({ objects, of }) => progress.show(`Object ${objects} of ${of}`),
    });
    progress.end();
    await print(options.json ? jsonOf(report) : reportText(report, { fromBraze: comparison?.syncs }));
    return report.findingCount === 0 ? 0 : 1;
  };
  return await untilStopped(work, () => {
    progress.end();
    comparison?.close();
  });
}

function comparisonOf(
  { againstBraze, endpoint, requestsPerMinute }: CommandLine,
  environment: Environment,
  progress: Progress,
): BrazeComparison | undefined {
  if (!againstBraze || !endpoint) return undefined;
  const apiKey = readApiKey(environment);
  goThroughProxies(environment, endpoint);
  const time = { now: Date.now, sleep: async (ms: number) => void (await sleep(ms)) };
  const onLimited = (waitMs: number) =>
    progress.show(
      `Braze answers 429 (too many requests): waiting for ${things(Math.ceil(waitMs / 1000), 'second')}`,
    );
  const client = new BrazeClient({ endpoint, apiKey, requestsPerMinute, time, onLimited });
  return new BrazeComparison(client, Date.now, (syncs) =>
    progress.show(`${things(syncs, 'sync')} read from Braze, in ${things(client.requests, 'request')}`),
  );
}

async function sourcesOf({ data, bucket, checkpointTable, workspace }: CommandLine): Promise<{
  lake: LakeSource;
  checkpoint?: CheckpointSource;
}> {
  if (data !== undefined) return { lake: new LakeFolder(data), checkpoint: new CheckpointFolder(data) };
  // The SDK is slow to load, and nobody else needs it.
  const { LakeBucket } = await import('./bucket/lake-bucket.ts');
  const lake = new LakeBucket(bucket ?? '');
  if (checkpointTable === undefined) return { lake };
  const { CheckpointTable } = await import('./bucket/checkpoint-table.ts');
  return { lake, checkpoint: new CheckpointTable(checkpointTable, workspace) };
}

const jsonOf = ({ objects, rows, findings }: Report): string =>
  `${JSON.stringify({ objects, rows, findings })}\n`;
