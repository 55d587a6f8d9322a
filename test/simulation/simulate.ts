/** The command `npm run simulate`. */
import { Command, InvalidArgumentError } from 'commander';
import { playScenario } from './scenario.ts';

const whole = (text: string): number => {
  if (!/^\d{1,10}$/.test(text)) throw new InvalidArgumentError('It must be a whole number.');
  return Number(text);
};

interface Options {
  readonly runs: number;
  readonly seed: number;
}

const readOptions = (): Options =>
  new Command('simulate')
    .description('Plays random histories against the exporter and compares the lake with the model.')
    .option('--runs <number>', 'how many histories', whole, 1000)
    .option('--seed <number>', 'seed of the first; the others count up from it', whole, Date.now() % 1e9)
    .parse()
    .opts<Options>();

export async function simulate(): Promise<void> {
  const { runs, seed } = readOptions();
  const began = performance.now();
  let requests = 0;
  let exports = 0;
  const failed: number[] = [];
  console.log(`Seed ${seed}, ${runs} histories.`);
  for (let index = 0; index < runs; index += 1) {
    try {
      const result = await playScenario(seed + index);
      requests += result.requests;
      exports += result.runs;
    } catch (error) {
      failed.push(seed + index);
      console.error(`Seed ${seed + index}: ${error instanceof Error ? error.message : error}`);
      console.error(`  again: npm run simulate -- --runs 1 --seed ${seed + index}`);
      if (failed.length === 10) break;
    }
    if ((index + 1) % 500 === 0) console.log(`${index + 1} histories, ${failed.length} failed`);
  }
  const seconds = (performance.now() - began) / 1000;
  console.log(
    `${runs} histories, ${exports} exports, ${requests} requests in ${seconds.toFixed(1)} s: ${failed.length} failed`,
  );
  if (failed.length > 0) process.exitCode = 1;
}
