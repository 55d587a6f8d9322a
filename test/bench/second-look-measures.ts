/** What it costs to look again at what is held to be final, over a month of runs of the deployed rhythm. */
import { Lab } from '../simulation/lab/lab.ts';
import { Random } from '../simulation/lab/random.ts';
import { minute, until } from '../simulation/lab/steady-lab.ts';
import { figure, type Measure, measure } from './measure.ts';
import { deployedRunOf, receiptOf } from './runs.ts';
import { ScheduledWorld } from './scheduled-world.ts';

const hour = 60 * minute;
const day = 24 * hour;
const days = 30;
const runsADay = 96;

const cadences: readonly (readonly [string, () => Iterator<number>])[] = [
  ['every 5 minutes', () => every(5 * minute)],
  ['every 15 minutes', () => every(15 * minute)],
  ['once a day', () => every(day)],
  ['as files arrive, some 12 a day', whenFilesArrive],
];

/** What Braze keeps: a year and a little. */
const since = until - 366 * day;

function* every(ms: number): Generator<number> {
  for (let start = since; ; start += ms) yield start;
}

/** One in three follows the one before it within minutes. */
function* whenFilesArrive(): Generator<number> {
  const random = new Random(1);
  for (let start = since; ; start += random.unit() < 1 / 3 ? 3 * minute : random.between(0, 6 * hour))
    yield start;
}

export async function secondLooks(): Promise<Measure[]> {
  const measures: Measure[] = [];
  let all = 0;
  for (const [name, starts] of cadences) {
    const added = (await requestsOfLooks(new ScheduledWorld([starts()]))) / days;
    all += added;
    measures.push(
      figure(`requests a day that second looks add, a sync ${name}`, added, 1),
      figure(`requests over those without second looks, a sync ${name}`, (runsADay + added) / runsADay, 3),
    );
  }
  const limit = 24 * 60 * 100;
  // In each run a second look may take a fifth of it.
  return [...measures, measure('share of the limit that second looks take, all four', all / limit, 0.2, 4)];
}

/**
 * In a month of runs, half an hour apart, which is quicker to play than the deployed quarter and takes the same looks.
 * Without a look, a run takes one request: so few new syncs are on one page.
 */
async function requestsOfLooks(world: ScheduledWorld): Promise<number> {
  const lab = new Lab(new Random(1), world, { now: until + minute });
  await receiptOf(lab);
  let requests = 0;
  for (const end = lab.now + days * day; lab.now < end; lab.now += 15 * minute)
    requests += (await deployedRunOf(lab)).requests.status - 1;
  return requests;
}
