/** `npm run simulate`: many random histories, in memory and on a virtual clock. */
import { Command, InvalidArgumentError } from 'commander';
import { describeFailure, isFailure, simulate } from '../test/simulation/simulate.ts';

const whole = (text: string): number => {
  if (!/^\d{1,10}$/.test(text)) throw new InvalidArgumentError('It must be a whole number.');
  return Number(text);
};

const { runs, seed } = new Command('simulate')
  .description('Plays random histories against the exporter and compares the lake with the model.')
  .option('--runs <number>', 'how many histories', whole, 1000)
  .option('--seed <number>', 'seed of the first; the others count up from it', whole, Date.now() % 1e9)
  .parse()
  .opts<{ runs: number; seed: number }>();

const began = performance.now();
let requests = 0;
let exports = 0;
const failed: number[] = [];
console.log(`Seed ${seed}, ${runs} histories.`);
for (let index = 0; index < runs; index += 1) {
  const result = await simulate(seed + index);
  if (isFailure(result)) {
    failed.push(seed + index);
    console.error(describeFailure(result));
    if (failed.length === 10) break;
  } else {
    requests += result.requests;
    exports += result.runs;
  }
  if ((index + 1) % 500 === 0) console.log(`${index + 1} histories, ${failed.length} failed`);
}
const seconds = (performance.now() - began) / 1000;
console.log(
  `${runs} histories, ${exports} exports, ${requests} requests in ${seconds.toFixed(1)} s: ${failed.length} failed`,
);
if (failed.length > 0) process.exitCode = 1;
