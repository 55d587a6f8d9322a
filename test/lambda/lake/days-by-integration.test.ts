import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Damaged } from '../../../lambda/errors/damaged.ts';
import { type DayObject, daysByIntegration } from '../../../lambda/lake/days-by-integration.ts';
import { joinDay } from '../../../lambda/lake/sync-day.ts';
import type { SyncRow } from '../../../lambda/rows/sync-row.ts';
import { batch, manyRows, rowOf } from './days.ts';

const keyOf = (day: string) => `syncs/workspace=w/dt=${day}/syncs.ndjson.gz`;

async function dayOf(day: string, rows: readonly SyncRow[]): Promise<DayObject> {
  const { body = gzipSync('') } = await joinDay(undefined, keyOf(day), rows);
  return { day, key: keyOf(day), body };
}

const dayOfLines = (day: string, lines: readonly string[]): DayObject => ({
  day,
  key: keyOf(day),
  body: gzipSync(lines.map((line) => `${line}\n`).join('')),
});

const lineOf = (id: string, start = '10:00:00') =>
  rowOf({ id, start, status: 'success', finish: null, rows: 1 }).line;

/** What is heard, in its order: who has which lines, by day, and which object is damaged. */
async function heard(days: readonly DayObject[]): Promise<unknown[]> {
  const all: unknown[] = [];
  const tellDamage = ({ message }: Damaged) => all.push(days.find(({ key }) => message.includes(key))?.day);
  for await (const { integrationId, lines } of daysByIntegration(days, tellDamage))
    all.push([integrationId, Object.fromEntries(lines)]);
  return all;
}

const modelOf = (days: ReadonlyMap<string, readonly SyncRow[]>) => {
  const ids = new Set([...days.values()].flat().map(({ integrationId }) => integrationId));
  return [...ids].sort().map((id) => {
    const own = [...days].map(([day, rows]) => [
      day,
      rows.filter(({ integrationId }) => integrationId === id).map(({ line }) => line),
    ]);
    return [id, Object.fromEntries(own.filter(([, lines]) => lines && lines.length > 0))];
  });
};

describe('several days, integration by integration', () => {
  test('bring each integration once, in their order, with its lines of each day that has any', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(batch, { maxLength: 3 }), async (batches) => {
        const days = new Map(batches.map((rows, at) => [`2026-05-0${at + 1}`, rows]));
        const objects = await Promise.all([...days].map(([day, rows]) => dayOf(day, rows)));
        expect(await heard(objects)).toEqual(modelOf(days));
      }),
    );
  });

  test('do so too where a day is so large that it is read in pieces', async () => {
    const large = ['a', 'b', 'd'].flatMap((id) => manyRows(600, id, ''));
    const days = new Map([
      ['2026-05-01', large],
      ['2026-05-02', ['b', 'c'].flatMap((id) => manyRows(1, id, ''))],
    ]);
    const objects = await Promise.all([...days].map(([day, rows]) => dayOf(day, rows)));
    expect(await heard(objects)).toEqual(modelOf(days));
  });

  test('P10: one that is damaged ends before the integration in which that shows; the others go on', async () => {
    const cut = dayOfLines('2026-05-01', [lineOf('a'), lineOf('b', '01:00:00'), 'cut short']);
    const whole = dayOfLines(
      '2026-05-02',
      ['a', 'b', 'c'].map((id) => lineOf(id)),
    );
    expect(await heard([cut, whole])).toEqual([
      ['a', { '2026-05-01': [lineOf('a')], '2026-05-02': [lineOf('a')] }],
      '2026-05-01',
      ['b', { '2026-05-02': [lineOf('b')] }],
      ['c', { '2026-05-02': [lineOf('c')] }],
    ]);
  });

  test('P10: one whose integrations are out of order is damaged from there on', async () => {
    const day = dayOfLines(
      '2026-05-01',
      ['b', 'a', 'c'].map((id) => lineOf(id)),
    );
    expect(await heard([day])).toEqual([['b', { '2026-05-01': [lineOf('b')] }], '2026-05-01']);
  });

  test('P10: one of which nothing can be read is told of before any row of the others', async () => {
    const nothing: DayObject = { day: '2026-05-01', key: keyOf('2026-05-01'), body: Buffer.from('x') };
    const whole = dayOfLines('2026-05-02', [lineOf('a')]);
    expect(await heard([whole, nothing])).toEqual(['2026-05-01', ['a', { '2026-05-02': [lineOf('a')] }]]);
  });
});
