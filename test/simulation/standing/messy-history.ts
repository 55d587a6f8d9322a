/** A history in which everything occurs: all statuses, ties, missing ends, watermarks that go wrong, rows that come late. */
import { dayMs, hourMs, minuteMs } from '../../../lambda/standing/periods.ts';
import type { SyncFact } from '../../../lambda/standing/sync-fact.ts';
import type { Random } from '../lab/random.ts';

export interface MessySync {
  readonly name: string;
  readonly sync: SyncFact;
  /** When it is first shown, and when its end is. */
  readonly shownAt: number;
  readonly endedAt: number;
}

const distances = [5 * minuteMs, 15 * minuteMs, hourMs, 6 * hourMs, dayMs, 7 * dayMs] as const;
const moods = [
  'well',
  'well',
  'well',
  'empty',
  'failing',
  'refusing',
  'partial',
  'wild',
  'boundary',
  'ahead',
  'whole',
] as const;

export function messyHistory(random: Random, syncs: number, from: number): MessySync[] {
  const usual = random.pick(distances);
  const hasWatermark = random.chance(0.8);
  const history: MessySync[] = [];
  let start = from;
  let watermark = from - hourMs;
  let mood: (typeof moods)[number] = 'well';
  for (let index = 0; index < syncs; index += 1) {
    if (random.chance(0.08)) mood = random.pick(moods);
    const jump = random.chance(0.02) ? usual * random.between(2, 40) : usual * (1 + 0.1 * random.unit());
    start += random.chance(0.01) ? 0 : Math.round(jump);
    const tookMs = Math.round(minuteMs * (0.2 + random.unit() * (random.chance(0.02) ? 55 : 3)));
    const status = statusIn(mood, random);
    const isEmpty = mood === 'empty' || random.chance(0.1);
    const rows = isEmpty
      ? 0n
      : BigInt(mood === 'whole' ? 50_000 + random.between(0, 50) : random.between(1, 5000));
    if (mood === 'whole') watermark = start;
    else if (mood === 'ahead') watermark = start + random.between(1, 40) * hourMs;
    else if (mood !== 'boundary' && !isEmpty) watermark = start - random.between(0, 30) * minuteMs;
    const refused = mood === 'refusing' ? rows / 2n : mood === 'partial' ? rows / 1000n : 0n;
    const hasCounts = status === 'success' || status === 'partial' ? !random.chance(0.02) : false;
    const sync: SyncFact = {
      start,
      finish: random.chance(0.01) ? null : start + tookMs,
      status,
      rowsSynced: hasCounts ? rows : null,
      rowsFailed: hasCounts ? refused : null,
      timestampSynced: hasWatermark && hasCounts && !random.chance(0.05) ? watermark : null,
    };
    const delay = random.chance(0.02) ? random.between(1, 30) * usual : 0;
    history.push({ name: String(index), sync, shownAt: start + delay, endedAt: start + delay + tookMs });
  }
  return history;
}

function statusIn(mood: (typeof moods)[number], random: Random): string | null {
  if (mood === 'failing') return random.pick(['error', 'error', 'config_error', 'limit exceeded', null]);
  if (mood === 'refusing' || mood === 'partial') return 'partial';
  if (mood === 'wild') return random.pick(['success', 'error', 'partial', 'running', null]);
  return random.chance(0.02) ? 'error' : 'success';
}

/** As the source shows it at that moment: undefined before it is shown, and open before its end is. */
export function shownOf({ sync, shownAt, endedAt }: MessySync, at: number): SyncFact | undefined {
  if (at < shownAt) return undefined;
  if (at >= endedAt) return sync;
  return {
    ...sync,
    finish: null,
    status: 'running',
    rowsSynced: null,
    rowsFailed: null,
    timestampSynced: null,
  };
}
