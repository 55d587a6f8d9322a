/** The command `npm run simulate`. */
import { Command, InvalidArgumentError, Option } from 'commander';
import { parseOrExit } from '../../../local/command/parse-or-exit.ts';
import { oddities, readOddities } from '../scenario/oddities.ts';
import { type CorpusPart, corpusParts, playCorpus, readParts } from '../standing/corpus.ts';
import { type Batch, writeDown } from './ledger.ts';
import { simulateSideBySide } from './simulate-side-by-side.ts';
import { describeUnreached, joinReached, type Reached } from './unreached.ts';

/** Whoever has seen so many fail looks at them first. */
const mostFailed = 10;

const whole = (text: string): number => {
  if (!/^\d{1,10}$/.test(text)) throw new InvalidArgumentError('It must be a whole number.');
  return Number(text);
};

const saying =
  <T>(read: (text: string) => T) =>
  (text: string): T => {
    try {
      return read(text);
    } catch (error) {
      throw new InvalidArgumentError(error instanceof Error ? error.message : '');
    }
  };
const named = saying(readOddities);
const everyPart = Object.keys(corpusParts) as CorpusPart[];

interface Options {
  readonly runs: number;
  readonly seed: number;
  readonly odd: ReturnType<typeof named>;
  readonly small?: true;
  readonly standing?: true | readonly CorpusPart[];
  readonly unreached?: true;
  readonly ledger: boolean;
}

const readOptions = (): Options =>
  parseOrExit(
    new Command('npm run simulate --')
      .description(
        'Plays random histories against the exporter, compares the lake with the model,\n' +
          'and writes down in test/simulation/ledger.ndjson what was played.',
      )
      .option('--runs <number>', 'how many histories', whole, 1000)
      .option('--seed <number>', 'seed of the first; the others count up from it', whole, Date.now() % 1e9)
      .addOption(
        new Option(
          '--odd <names>',
          `what goes wrong: all, none, or of these, with commas: ${oddities.join(', ')}`,
        )
          .argParser(named)
          .default(named('none'), 'none'),
      )
      .option('--small', 'small ones, of which some four times as many are played in an hour')
      .option(
        '--standing [parts]',
        `plays how integrations stand instead: all, or of these, with commas: ${everyPart.join(', ')}`,
        saying(readParts),
      )
      .option('--unreached', 'lists what no history has reached of lambda/walk and lambda/run')
      .option('--no-ledger', 'leaves the ledger as it is'),
  ).opts<Options>();

export async function simulateMany(): Promise<void> {
  const options = readOptions();
  const batch = options.standing ? playStanding(options, options.standing) : await playHistories(options);
  if (options.ledger) await writeDown(batch);
  if (batch.failed.length > 0) process.exitCode = 1;
}

function playStanding({ runs, seed }: Options, standing: true | readonly CorpusPart[]): Batch {
  const parts = standing === true ? everyPart : standing;
  const began = performance.now();
  const failed = playCorpus(parts, runs, seed);
  return {
    seed,
    histories: runs,
    played: parts.map((part) => `standing: ${part}`),
    seconds: secondsSince(began),
    failed,
  };
}

async function playHistories({ runs, seed, odd, small, unreached }: Options): Promise<Batch> {
  const began = performance.now();
  const total = { histories: 0, exports: 0, requests: 0, claims: 0, quiet_runs: 0 };
  let slowest: number | undefined;
  const told = new Map<string, number>();
  const failed: number[] = [];
  const reached: Reached[] = [];
  let isStopped = false;
  // What was played so far is told and written down all the same.
  process.once('SIGINT', () => {
    isStopped = true;
  });
  console.log(`Seed ${seed}, ${runs} histories.`);
  const drawn = { odd, size: small ? 'small' : 'usual' } as const;
  await simulateSideBySide({ runs, seed, drawn, countsBlocks: unreached === true }, (outcome) => {
    if ('reached' in outcome) {
      reached.push(outcome.reached);
      return 'go on';
    }
    if (isStopped || failed.length === mostFailed) return 'stop';
    total.histories += 1;
    if ('failure' in outcome) {
      failed.push(outcome.seed);
      console.error(outcome.failure);
    } else {
      const { played } = outcome;
      total.requests += played.requests;
      total.exports += played.runs;
      total.claims += played.claims;
      for (const [name, times] of played.lies) told.set(name, (told.get(name) ?? 0) + times);
      if (played.quietRuns > total.quiet_runs) {
        total.quiet_runs = played.quietRuns;
        slowest = outcome.seed;
      }
    }
    if (total.histories % (small ? 5000 : 500) === 0)
      console.log(`${total.histories} histories, ${failed.length} failed`);
    return failed.length === mostFailed ? 'stop' : 'go on';
  });
  const seconds = secondsSince(began);
  const { histories, exports, requests, claims, quiet_runs } = total;
  console.log(
    `${histories} histories, ${exports} exports, ${requests} requests in ${seconds} s: ${failed.length} failed`,
  );
  for (const [name, times] of told) console.log(`  told: ${name}, ${times} times`);
  console.log(`  ${claims} rows looked for in the lake because a claim covers them`);
  console.log(
    `  after the last disturbance, all was complete within ${quiet_runs} runs (the most: seed ${slowest})`,
  );
  if (unreached) {
    const blocks = await describeUnreached(joinReached(reached));
    console.log(`  ${blocks.length} blocks of lambda/walk and lambda/run that no history has reached`);
    for (const block of blocks) console.log(`    ${block}`);
  }
  const lies = [...told.values()].reduce((sum, times) => sum + times, 0);
  const played = [...(small ? ['small'] : []), ...(odd.size === oddities.length ? ['all'] : odd)];
  return { seed, played, ...total, lies, seconds, failed };
}

const secondsSince = (began: number): number => Math.round((performance.now() - began) / 100) / 10;
