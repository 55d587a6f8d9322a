/** What a run makes of an outage: the worst of all ways in which nobody answers. */
import { type MetOutage, outageFromTheStart, outageMidway, ways } from '../simulation/whole-runs/outages.ts';
import { type Measure, measure } from './measure.ts';

export async function outages(): Promise<Measure[]> {
  return [
    ...(await worstOf('from the start', outageFromTheStart, 11)),
    // Five tries of each of the twelve that are under way when it begins, and of the list.
    ...(await worstOf('that begins midway', outageMidway, 5 * 13)),
  ];
}

async function worstOf(
  when: string,
  meet: (answer: (typeof ways)[number][1]) => Promise<MetOutage>,
  maxRequests: number,
): Promise<Measure[]> {
  const met: MetOutage[] = [];
  for (const [, answer] of ways) met.push(await meet(answer));
  const most = (figureOf: (outage: MetOutage) => number) => Math.max(...met.map(figureOf));
  const what = `an outage ${when}, 100 integrations, the worst of ${ways.length} ways`;
  return [
    measure(`seconds to the end of the run, ${what}`, most(({ ms }) => ms) / 1000, 61.5, 1),
    measure(
      `requests, ${what}`,
      most(({ requests }) => requests),
      maxRequests,
      0,
    ),
    measure(
      `sentences, ${what}`,
      most(({ result }) => result?.failures.length ?? Number.POSITIVE_INFINITY),
      1,
      0,
    ),
  ];
}
