/** The command `npm run simulate`. */
import { Command, InvalidArgumentError } from 'commander';
import { oddities, readOddities } from './oddities.ts';
import { simulateSideBySide } from './simulate-side-by-side.ts';
import { type CorpusPart, corpusParts, playCorpus, readParts } from './standing/corpus.ts';

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
  readonly standing?: true | readonly CorpusPart[];
}

const readOptions = (): Options =>
  new Command('simulate')
    .description('Plays random histories against the exporter and compares the lake with the model.')
    .option('--runs <number>', 'how many histories', whole, 1000)
    .option('--seed <number>', 'seed of the first; the others count up from it', whole, Date.now() % 1e9)
    .option(
      '--odd <names>',
      `what goes wrong: all, none, or of these, with commas: ${oddities.join(', ')}`,
      named,
      named('none'),
    )
    .option(
      '--standing [parts]',
      `plays how integrations stand instead: all, or of these, with commas: ${everyPart.join(', ')}`,
      saying(readParts),
    )
    .parse()
    .opts<Options>();

export async function simulateMany(): Promise<void> {
  const { runs, seed, odd, standing } = readOptions();
  if (standing) {
    const isRight = playCorpus(standing === true ? everyPart : standing, runs, seed);
    if (!isRight) process.exitCode = 1;
    return;
  }
  const began = performance.now();
  let requests = 0;
  let exports = 0;
  let claims = 0;
  const lies = new Map<string, number>();
  const failed: number[] = [];
  console.log(`Seed ${seed}, ${runs} histories.`);
  let ended = 0;
  await simulateSideBySide({ runs, seed, odd }, (outcome) => {
    if (failed.length === mostFailed) return 'stop';
    ended += 1;
    if ('failure' in outcome) {
      failed.push(outcome.seed);
      console.error(outcome.failure);
    } else {
      requests += outcome.played.requests;
      exports += outcome.played.runs;
      claims += outcome.played.claims;
      for (const [name, times] of outcome.played.lies) lies.set(name, (lies.get(name) ?? 0) + times);
    }
    if (ended % 500 === 0) console.log(`${ended} histories, ${failed.length} failed`);
    return failed.length === mostFailed ? 'stop' : 'go on';
  });
  const seconds = (performance.now() - began) / 1000;
  console.log(
    `${ended} histories, ${exports} exports, ${requests} requests in ${seconds.toFixed(1)} s: ${failed.length} failed`,
  );
  for (const [name, times] of lies) console.log(`  told: ${name}, ${times} times`);
  console.log(`  ${claims} rows looked for in the lake because a claim covers them`);
  if (failed.length > 0) process.exitCode = 1;
}
