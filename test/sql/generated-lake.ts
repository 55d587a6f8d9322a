/** A history from a seed, with whatever a real or hostile Braze could bring. */
import { Random } from '../simulation/lab/random.ts';
import { coverage, integration, running, standing, sync } from './lines.ts';
import {
  type Change,
  type Coverage,
  dayMs,
  hourMs,
  type Integration,
  keyOf,
  type ModelLake,
  minuteMs,
  type Quarantined,
  type Standing,
  type Sync,
} from './model/lake.ts';
import { standingsOf } from './standings-of.ts';

const names = [
  'Users',
  'Users',
  '',
  null,
  'it\'s "quoted", %_ and \\ back',
  'Zoë – 湖 🦆',
  "'; DROP TABLE syncs; --",
  ' padded ',
];
const statuses = [
  ...Array<string>(14).fill('success'),
  ...['partial', 'partial', 'error', 'error', 'config_error'],
  ...['limit exceeded', 'Ünknown 🦆', '', null],
];
const states = [
  ...['gone', 'unread', 'paused', 'failing', 'refusing', 'stuck'],
  ...['late', 'suspect', 'new', 'resting', 'healthy'],
];
const cadences = [
  { every: 15 * minuteMs, reach: 3 * dayMs },
  { every: hourMs, reach: 10 * dayMs },
  { every: 6 * hourMs, reach: 60 * dayMs },
  { every: dayMs, reach: 150 * dayMs },
  { every: 7 * dayMs, reach: 450 * dayMs },
];

/** @param now in milliseconds; histories lie around it, some go further back than the views look. */
export function generatedLake(seed: number, now: number): ModelLake {
  const random = new Random(seed);
  // What was thought of later is drawn apart, so that a seed goes on to stand for the same history.
  const later = new Random(seed + 1_000_000);
  const lake = {
    syncs: [] as Sync[],
    integrations: [] as Integration[],
    coverage: [] as Coverage[],
    standing: [] as Standing[],
    quarantine: [] as Quarantined[],
    changes: [] as Change[],
  };
  for (let index = random.between(1, 8); index > 0; index -= 1) {
    const owner = {
      workspace: random.pick(['a', 'a', 'b-2']),
      id: random.pick(['one', 'Zoë/🦆', "o'three"]) + index,
    };
    if (random.chance(0.85)) lake.integrations.push({ ...listingOf(owner, random), ...planOf(later, now) });
    for (let changes = later.between(0, 3); changes > 0; changes -= 1)
      lake.changes.push(changeOf(owner, later, now));
    if (random.chance(0.85)) lake.coverage.push(coverageOf(owner, random, now));
    for (let rows = random.between(0, 3); rows > 0; rows -= 1) {
      const reason = random.pick(['The row is not an object.', 'sync_start_time is missing.']);
      lake.quarantine.push({
        workspace: owner.workspace,
        integration_id: owner.id,
        reason,
        raw: `[${rows}, "🦆"]`,
      });
    }
    if (random.chance(0.85)) lake.syncs.push(...historyOf(owner, random, now));
    if (random.chance(0.4)) lake.standing.push(anyStandingOf(owner, random, now));
  }
  // The others stand as their rows say; some have no line yet.
  const drawn = new Set(lake.standing.map(keyOf));
  const others = standingsOf(lake, now).filter((line) => !drawn.has(keyOf(line)) && random.chance(0.85));
  return { ...lake, standing: [...lake.standing, ...others] };
}

type Ids = Pick<Sync, 'workspace' | 'id'>;

function changeOf(owner: Ids, random: Random, now: number): Change {
  const text = () => random.pick([null, 'true', 'false', 'active', 'it\'s "new" 🦆']);
  return {
    ...owner,
    seenAt: now - random.between(0, 60 * dayMs),
    field: random.pick(['listed', 'integration_name', 'integration_status', 'a field of tomorrow']),
    before: text(),
    after: text(),
  };
}

const planOf = (random: Random, now: number): Pick<Integration, 'warehouse' | 'nextRun'> => ({
  warehouse: random.pick(['snowflake', 'redshift', null]),
  nextRun: random.pick([null, now + random.between(-hourMs, 3 * dayMs)]),
});

function listingOf(owner: Ids, random: Random): Integration {
  return integration({
    ...owner,
    name: random.pick(names),
    type: random.pick(['user_attributes', 'catalog', null]),
    status: random.pick(['active', 'active', 'Paused', null]),
    listed: random.pick([true, true, true, false, null]),
  });
}

function coverageOf(owner: Ids, random: Random, now: number): Coverage {
  const count = () => random.pick([0n, 0n, 0n, 1n, 12n, null]);
  const time = () => random.pick([null, now - random.between(0, 400 * dayMs)]);
  return coverage({
    ...owner,
    from: time(),
    to: time(),
    gaps: count(),
    open: count(),
    abandoned: count(),
    rowOrder: random.pick(['newest_first', 'oldest_first', 'unordered', 'unproved', null]),
    state: random.pick(['complete', 'backfilling', 'failing', 'gone', 'a state of tomorrow', null]),
    failure: random.pick([null, 'The key was refused: "it\'s" 🦆']),
    checkedAt: random.pick([null, now - random.between(0, 3 * hourMs), now - random.between(0, 3 * dayMs)]),
  });
}

/** What a cell of each type can hold, whether or not it makes sense beside the others: the views only pass it on. */
function anyStandingOf(owner: Ids, random: Random, now: number): Standing {
  const time = () => random.pick([null, now - random.between(-hourMs, 400 * dayMs)]);
  const count = () => random.pick([null, 0n, 1n, 12n, 9_223_372_036_854_775_807n, -5n]);
  const text = () => random.pick([null, 'a word of tomorrow', 'it\'s "quoted", %_ 🦆']);
  const number = () => random.pick([null, 0, 15, 0.25, 1e9 + 1 / 3, -12.5]);
  return standing({
    ...owner,
    state: random.pick([...states, null]),
    since: time(),
    reason: text(),
    lastStart: time(),
    lastFinish: time(),
    lastStatus: random.pick([...statuses, 'running']),
    lastSynced: count(),
    lastFailed: count(),
    lastSuccess: time(),
    withoutSuccess: count(),
    failingSince: time(),
    usualMinutes: number(),
    expectedBy: time(),
    dueSince: time(),
    judgedBy: random.pick(['schedule', 'habit', null]),
    late: random.pick([true, false, null]),
    minutesLate: number(),
    traps: random.pick([null, 'future_watermark', 'boundary_resync,watermark_stands']),
    newestTimestamp: time(),
    detailsUntil: time(),
    continues: text(),
    incidents: text(),
    asOf: random.pick([null, now - random.between(0, 3 * hourMs), now - random.between(0, 3 * dayMs)]),
  });
}

function historyOf(owner: Ids, random: Random, now: number): Sync[] {
  const { every, reach } = random.pick(cadences);
  const size = random.pick([0, 40, 5000, 2_000_000]);
  // A week has a shape, or none; and counts are steady, or scatter.
  const isQuietAtWeekends = random.chance(0.5);
  const scatter = random.pick([0, 0.02, 0.3]);
  const moody = random.pick([0.02, 0.4]);
  const syncs: Sync[] = [];
  const until = now + (random.chance(0.4) ? -random.between(0, 5 * every) : hourMs);
  const from = now - Math.floor(reach * random.unit());
  for (let due = from; due < until; due += every) {
    // Some never happen.
    if (random.chance(0.03)) continue;
    const start = due + random.between(0, Math.floor(every / 10));
    const isQuiet = isQuietAtWeekends && [0, 6].includes(new Date(start).getUTCDay());
    const oddity = random.chance(0.02) ? random.pick([0, 8]) : 1;
    const rows = Math.floor(size * oddity * (isQuiet ? 0.1 : 1) * (1 + scatter * (random.unit() - 0.5)));
    const made = sync({ ...owner, start, synced: BigInt(rows), finish: start + random.between(0, every) });
    syncs.push(random.chance(moody) ? odd(made, random, now) : made);
    // Two within one millisecond.
    if (random.chance(0.01))
      syncs.push({ ...made, finish: start + every + 1, status: random.pick(statuses) });
  }
  return syncs;
}

function odd(made: Sync, random: Random, now: number): Sync {
  const status = random.pick(statuses);
  if (random.chance(0.1)) return { ...made, ...running };
  return {
    ...made,
    status,
    finish: random.pick([made.finish, made.finish, null, made.start - hourMs]),
    lastSynced: random.pick([made.lastSynced, null, now + 900 * dayMs]),
    synced: random.pick([made.synced, 0n, null, 9_223_372_036_854_775_807n, -5n]),
    failed: random.pick([0n, 7n, null, made.synced, -9_223_372_036_854_775_808n]),
    raw: random.pick([
      '{}',
      '{"new_field":"it\'s"}',
      '{"job_status":"\\ud83e\\udd86","Another 🦆":{"new_field":1},"new_field":null}',
    ]),
  };
}
