/** The SQL over the whole lake that tells what a standing has to say, against the lines that tests make in TypeScript. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { json } from '../local/query/write-lake.ts';
import { scratchFolder } from '../local/stores/scratch.ts';
import { generatedLake } from './generated-lake.ts';
import { standingFields, writeLake } from './lake-of.ts';
import { lakesApart } from './lakes-apart.ts';
import { integration, lakeOf, running, sync } from './lines.ts';
import { dayMs, hourMs, type ModelLake, minuteMs, type Standing } from './model/lake.ts';
import { readStanding } from './read-standing.ts';
import { standingDifferencesIn } from './standing-model.ts';
import { standingsOf, withStanding } from './standings-of.ts';

/** A Wednesday. */
const now = Date.UTC(2026, 5, 17, 12);
const ago = (time: number) => now - time;
const failed = { status: 'error', synced: 0n, failed: 100n };

function differencesOf(lake: ModelLake): Promise<string[]> {
  const directory = scratchFolder();
  mkdirSync(join(directory, 'lake'));
  writeLake(directory, lake);
  return standingDifferencesIn(directory);
}

const everyHour = (count: number, until = 1) =>
  Array.from({ length: count }, (_, index) => sync({ start: ago((count - index - 1 + until) * hourMs) }));

const cases: readonly [name: string, lake: Partial<ModelLake>, expected: Partial<Standing>][] = [
  [
    'an integration without syncs',
    { integrations: [integration({})] },
    { lastStart: null, withoutSuccess: 0n, failingSince: null, usualMinutes: null, detailsUntil: null },
  ],
  [
    'one that runs is the newest, and no failure',
    { syncs: [sync({ start: ago(2 * hourMs) }), sync({ start: ago(hourMs), ...running })] },
    { lastStart: ago(hourMs), lastFinish: null, lastSuccess: ago(2 * hourMs), withoutSuccess: 0n },
  ],
  [
    'one that a newer one has overtaken is over, without a success',
    {
      syncs: [
        sync({ start: ago(3 * hourMs) }),
        sync({ start: ago(2 * hourMs), ...running }),
        sync({ start: ago(hourMs), ...running }),
      ],
    },
    { withoutSuccess: 1n, failingSince: ago(2 * hourMs) },
  ],
  [
    'a partial one is a success below the share, and none from it on',
    {
      syncs: [
        sync({ start: ago(3 * hourMs), status: 'partial', synced: 991n, failed: 9n }),
        sync({ start: ago(2 * hourMs), status: 'partial', synced: 990n, failed: 10n }),
        sync({ start: ago(hourMs), ...failed }),
      ],
    },
    { lastSuccess: ago(3 * hourMs), withoutSuccess: 2n, failingSince: ago(2 * hourMs) },
  ],
  [
    'a partial one of which nobody counted the rows is a success',
    { syncs: [sync({ start: ago(hourMs), status: 'partial', synced: null, failed: null })] },
    { lastSuccess: ago(hourMs), withoutSuccess: 0n, detailsUntil: null },
  ],
  [
    'two of one millisecond go by their finish, and then by their status',
    {
      syncs: [
        sync({ start: ago(hourMs), finish: ago(50 * minuteMs) }),
        sync({ start: ago(hourMs), finish: ago(40 * minuteMs), status: null }),
        sync({ start: ago(hourMs), finish: ago(40 * minuteMs), ...failed }),
      ],
    },
    { lastStatus: null, lastFinish: ago(40 * minuteMs), withoutSuccess: 2n },
  ],
  [
    'refused rows are shown for 30 days from the end of their sync',
    { syncs: [sync({ start: ago(2 * hourMs), failed: 1n }), sync({ start: ago(hourMs) })] },
    { detailsUntil: ago(2 * hourMs - 5 * minuteMs) + 30 * dayMs },
  ],
  [
    'what was refused long ago can’t be read any more',
    { syncs: [sync({ start: ago(30 * dayMs + 6 * minuteMs), failed: 1n }), sync({ start: ago(hourMs) })] },
    { detailsUntil: null },
  ],
  [
    'how far the data has come is said by the newest that says it',
    {
      syncs: [
        sync({ start: ago(3 * hourMs), lastSynced: now + 200 * dayMs }),
        sync({ start: ago(2 * hourMs), lastSynced: ago(2 * hourMs) }),
        sync({ start: ago(hourMs), lastSynced: null }),
        sync({ start: ago(minuteMs), ...failed, lastSynced: ago(minuteMs) }),
      ],
    },
    { newestTimestamp: ago(2 * hourMs) },
  ],
  ['the usual distance is that of four weeks', { syncs: everyHour(40) }, { usualMinutes: 60 }],
  [
    'today does not change what is usual',
    {
      syncs: [
        ...everyHour(40, 13),
        ...Array.from({ length: 60 }, (_, index) => sync({ start: ago((60 - index) * minuteMs) })),
      ],
    },
    { usualMinutes: 60 },
  ],
  [
    'where a month has too few, it is that of the newest',
    {
      syncs: [
        ...Array.from({ length: 9 }, (_, index) => sync({ start: ago((90 - index * 7) * dayMs) })),
        ...everyHour(10),
      ],
    },
    { usualMinutes: 60 },
  ],
  [
    'what brought nothing is at no distance',
    { syncs: everyHour(40).map((each, index) => (index % 2 ? { ...each, ...failed } : each)) },
    { usualMinutes: 120 },
  ],
  [
    'what lies further back than 400 days is not looked at',
    { syncs: [sync({ start: ago(401 * dayMs) }), sync({ start: ago(400 * dayMs), ...failed })] },
    { lastSuccess: null, withoutSuccess: 1n },
  ],
];

describe('what a standing has to say of its syncs', () => {
  it.each(cases)('%s', async (_, rows, expected) => {
    const lake = withStanding(lakeOf({ integrations: [integration({})], ...rows }), now);
    expect(lake.standing).toMatchObject([expected]);
    expect(await differencesOf(lake)).toEqual([]);
  });

  const first = Number(process.env.SQL_SEED ?? 1);
  it(`is the same in SQL and in TypeScript for 12 generated histories, from SQL_SEED=${first} on`, async () => {
    const lakes = Array.from({ length: 12 }, (_, index) => {
      const lake = generatedLake(first + index, now);
      return [`${first + index}`, { ...lake, standing: standingsOf(lake, now) }] as const;
    });
    expect(await differencesOf(lakesApart(new Map(lakes)))).toEqual([]);
  });

  // Integrations that coverage alone knows.
  it.each([27, 32])('is the same for the history of SQL_SEED=%i', async (seed) => {
    const lake = generatedLake(seed, now);
    expect(await differencesOf({ ...lake, standing: standingsOf(lake, now) })).toEqual([]);
  });

  it('differs where a line says something else, or is missing', async () => {
    const lake = withStanding(
      lakeOf({
        integrations: [integration({}), integration({ id: 'two' })],
        syncs: [sync({ start: ago(hourMs) })],
      }),
      now,
    );
    const wrong = lake.standing.slice(0, 1).map((line) => ({ ...line, withoutSuccess: 3n }));
    expect(await differencesOf({ ...lake, standing: wrong })).toEqual([
      'a/one: syncs_without_success is 3, the syncs say 0.',
      'a/two has no line.',
    ]);
  });
});

it('what is written of a standing is what is read of it', () => {
  const { standing } = generatedLake(4, now);
  expect(standing.length).toBeGreaterThan(0);
  for (const line of standing)
    expect(readStanding(line.workspace, json(standingFields(line)))).toEqual([line]);
});
