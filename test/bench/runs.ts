/** Runs in a lab, and what they say of themselves. */
import type { Receipt } from '../../lambda/run/receipt.ts';
import type { RunResult } from '../../lambda/run/run.ts';
import type { RunOptions } from '../../lambda/run/run-options.ts';
import { deployedRun } from '../simulation/checks/quiet-runs.ts';
import type { Lab } from '../simulation/lab/lab.ts';

export const pagesOf = (rows: number): number => Math.ceil(rows / 10);

export const receiptOf = async (lab: Lab, options: Partial<RunOptions> = {}): Promise<Receipt> =>
  soundReceipt(await lab.run(options));

/** The next one is due when it has ended. */
export const deployedRunOf = async (lab: Lab): Promise<Receipt> => soundReceipt(await deployedRun(lab));

/** Runs of the deployed length, one after the other, for so long. */
export async function* deployedRuns(lab: Lab, ms: number): AsyncGenerator<Receipt> {
  for (const end = lab.now + ms; lab.now < end; ) yield await deployedRunOf(lab);
}

/** Until nothing is left to be read. */
export async function* runsUntilComplete(lab: Lab): AsyncGenerator<Receipt> {
  for (let outcome = 'suspended'; outcome === 'suspended'; ) {
    const receipt = await deployedRunOf(lab);
    outcome = receipt.outcome;
    yield receipt;
  }
}

/** @returns what they took of the status endpoint. */
export async function requestsOf(runs: AsyncIterable<Receipt>): Promise<number> {
  let sum = 0;
  for await (const { requests } of runs) sum += requests.status;
  return sum;
}

/** A run that fails would measure something else. */
function soundReceipt(result: RunResult | undefined): Receipt {
  if (!result) throw new Error('A run that is measured has died.');
  const { receipt, failures } = result;
  if (failures.length > 0) throw new Error(`A run that is measured has failed: ${failures.join(' ')}`);
  return receipt;
}
