/** Nobody answers any more, in each of the ways in which that shows, and what a run makes of it. */
import type { RunResult } from '../../../lambda/run/run.ts';
import { type Lie, noAnswer } from '../../../local/simulator/lies/lie.ts';
import type { Lab } from '../lab/lab.ts';
import { minute, steadyLab } from '../lab/steady-lab.ts';

type Reply = ReturnType<Lie>;

export const unavailable = (headers: Record<string, string> = {}) => ({ status: 503, headers, body: '' });

/** What it is, what is answered, and the words for it. */
export const ways: readonly (readonly [string, Reply, RegExp])[] = [
  ['503', unavailable(), /the answer 503/],
  ['503 with a word to come back in 20 s', unavailable({ 'retry-after': '20' }), /the answer 503/],
  ['503 with a word to come back in a minute', unavailable({ 'retry-after': '60' }), /the answer 503/],
  ['a connection that breaks off', noAnswer, /broke off/],
  ['silence', { ...noAnswer, delayMs: 3_600_000 }, /no whole answer|broke off/],
];

export interface MetOutage {
  readonly lab: Lab;
  readonly result: RunResult | undefined;
  /** From when it began, or the run did, to the end of the run. */
  readonly ms: number;
  /** That arrived in it. */
  readonly requests: number;
}

export function hundredIntegrations(): Lab {
  return steadyLab({ integrations: 100, rows: 60 }, { latency: [200, 200] });
}

/** All are known and whole, and nobody answers from the start of the run. */
export async function outageFromTheStart(answer: Reply): Promise<MetOutage> {
  const lab = hundredIntegrations();
  await lab.run();
  lab.now += 15 * minute;
  return meet(lab, answer, lab.now);
}

/** A backfill has begun; the limit of its first minute is not used up yet, and the list has not come to its end. */
export function outageMidway(answer: Reply): Promise<MetOutage> {
  const lab = hundredIntegrations();
  return meet(lab, answer, lab.now + 1500);
}

async function meet(lab: Lab, answer: Reply, outage: number): Promise<MetOutage> {
  lab.braze.lie = (truth, { at }) => (at >= outage ? answer : truth);
  const before = lab.braze.log.length;
  const result = await lab.run({ deadline: lab.now + 14 * minute });
  const requests = lab.braze.log.slice(before).filter(({ at }) => at >= outage).length;
  return { lab, result, ms: lab.endedAt - outage, requests };
}
