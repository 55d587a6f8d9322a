/** What it costs to look again at what is held to be final, over a month of runs of the deployed rhythm. */
import { Lab } from '../simulation/lab.ts';
import { Random } from '../simulation/random.ts';
import { minute, until } from '../simulation/steady-lab.ts';
import { figure, type Measure, measure } from './measure.ts';
import { deployedRuns, receiptOf, requestsOf } from './runs.ts';
import { idOf, ScheduledWorld } from './scheduled-world.ts';

const hour = 60 * minute;
const day = 24 * hour;
const days = 30;

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
  const world = new ScheduledWorld(cadences.map(([, starts]) => starts()));
  const lab = new Lab(new Random(1), world, { now: until + minute });
  await receiptOf(lab);
  const without = lab.fork(new Random(1));
  keepFromLooking(without);
  const all = { with: await requestsOf(deployedRuns(lab, days * day)), without: 0 };
  all.without = await requestsOf(deployedRuns(without, days * day));
  const measures = cadences.flatMap(([name], index) => {
    const [looking, plain] = [monthOf(lab, idOf(index)), monthOf(without, idOf(index))];
    return [
      figure(`requests a day that second looks add, a sync ${name}`, (looking - plain) / days, 1),
      figure(`requests over those without second looks, a sync ${name}`, looking / plain, 3),
    ];
  });
  // In each of them a second look may take a fifth of what a run may ask for.
  const share = (all.with - all.without) / (days * 24 * 60 * lab.limits.status);
  return [...measures, measure('share of the limit that all four take for it', share, 0.2, 4)];
}

const monthOf = ({ braze }: Lab, id: string): number =>
  braze.log.filter(({ integrationId, at }) => integrationId === id && at > until + hour).length;

/** As if each had just been looked at whenever a run begins. */
function keepFromLooking(lab: Lab): void {
  const list = lab.checkpoints.list.bind(lab.checkpoints);
  lab.checkpoints.list = async (workspace) => {
    const records = await list(workspace);
    const last = new Date(lab.now).toISOString().replace('Z', '');
    for (const { data } of records) {
      const { looks } = data as { looks?: Record<string, { last: string | null }> };
      for (const reach of ['day', 'week', 'month']) if (looks?.[reach]) looks[reach].last = last;
    }
    return records;
  };
}
