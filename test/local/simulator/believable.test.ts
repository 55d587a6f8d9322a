import { describe, expect, test } from 'vitest';
import { believableWorld } from '../../../local/simulator/believable.ts';
import type { SyncJson, World } from '../../../local/simulator/world.ts';

const hour = 3_600_000;
const day = 24 * hour;
const now = Date.UTC(2026, 10, 22, 21, 10);

function idOf(world: World, name: string): string {
  const found = world.integrations(now).find(({ integration_name }) => integration_name?.endsWith(name));
  return found?.integration_id ?? '';
}

function histories(world: World, at: number): Map<string, readonly SyncJson[]> {
  const ids = world.integrations(at).map(({ integration_id }) => integration_id ?? '');
  return new Map(ids.map((id) => [id, (world.rows(id, at) ?? []) as readonly SyncJson[]]));
}

describe('size', () => {
  test.each([
    ['now', now, undefined],
    ['in two years', now + 730 * day, undefined],
    ['anchored', now, now],
  ])('some 320 pages %s', (_, at, anchor) => {
    const world = believableWorld(anchor === undefined ? {} : { anchor });
    const pages = [...histories(world, at).values()].map((rows) => Math.max(1, Math.ceil(rows.length / 10)));
    const total = pages.reduce((sum, each) => sum + each);
    expect(total).toBeGreaterThanOrEqual(250);
    expect(total).toBeLessThanOrEqual(350);
    expect(pages).toHaveLength(12);
  });
});

describe('determinism', () => {
  test('same seed and time, same bytes, whatever was asked before', () => {
    const asked = believableWorld();
    for (const at of [now - 3 * hour, now + 5 * day, now - 1]) histories(asked, at);
    const bytes = (world: World) => JSON.stringify([world.integrations(now), ...histories(world, now)]);
    expect(bytes(asked)).toBe(bytes(believableWorld()));
    expect(bytes(believableWorld({ seed: 'other' }))).not.toBe(bytes(believableWorld()));
  });

  test('a row is the same with and without an anchor', () => {
    expect(histories(believableWorld({ anchor: now }), now)).toEqual(histories(believableWorld(), now));
  });
});

describe('time', () => {
  test('anchored history only grows, and only open rows change', () => {
    const world = believableWorld({ anchor: now });
    for (let at = now; at < now + 2 * hour; at += 97_000) {
      const after = histories(world, at + 97_000);
      for (const [id, before] of histories(world, at)) {
        const same = after.get(id)?.slice(0, before.length) ?? [];
        for (const [index, row] of before.entries()) {
          if (row.job_status !== 'running') expect(same[index]).toBe(row);
          else expect(same[index]?.sync_start_time).toBe(row.sync_start_time);
        }
      }
    }
  });

  test('without an anchor old rows fall off, no others', () => {
    const world = believableWorld();
    const id = idOf(world, 'newsletter sign-ups');
    const before = world.rows(id, now) ?? [];
    const after = world.rows(id, now + hour) ?? [];
    expect(after.slice(0, 150)).toEqual(before.slice(before.length - 180, before.length - 30));
    expect(Math.abs(after.length - before.length)).toBeLessThanOrEqual(1);
  });

  test('the cache is never stale: every second for ten minutes', () => {
    const world = believableWorld();
    const id = idOf(world, 'newsletter sign-ups');
    for (let at = now; at < now + 600_000; at += 1000) {
      expect(JSON.stringify(world.rows(id, at))).toBe(JSON.stringify(believableWorld().rows(id, at)));
    }
  });

  test('at most one sync of an integration runs, it is the newest, and some integration usually has one', () => {
    const world = believableWorld({ anchor: now });
    let moments = 0;
    for (let step = 0; step < 500; step++) {
      const running = [...histories(world, now + step * 97_000).values()].map((rows) =>
        rows.flatMap(({ job_status }, index) => (job_status === 'running' ? [rows.length - 1 - index] : [])),
      );
      expect(running.every((places) => places.length === 0 || places.join() === '0')).toBe(true);
      if (running.some(({ length }) => length > 0)) moments++;
    }
    expect(moments).toBeGreaterThan(400);
  });

  test('a sync is final a few minutes after its start', () => {
    const world = believableWorld();
    for (const rows of histories(world, now).values()) {
      for (const { sync_start_time, sync_finish_time } of rows) {
        const finish = sync_finish_time === null ? 0 : Date.parse(sync_finish_time);
        expect(finish - Date.parse(sync_start_time)).toBeLessThan(11 * 60_000);
      }
    }
  });
});

describe('rows', () => {
  test('are sorted by start, one a start, with microseconds', () => {
    for (const rows of histories(believableWorld(), now).values()) {
      const starts = rows.map(({ sync_start_time }) => sync_start_time);
      expect(starts).toEqual([...new Set(starts)].toSorted());
      for (const { sync_start_time, sync_finish_time, job_status } of rows) {
        expect(sync_start_time).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/);
        if (['running', 'config_error'].includes(job_status)) expect(sync_finish_time).toBeNull();
        else expect((sync_finish_time ?? '') > sync_start_time).toBe(true);
      }
    }
  });

  test('one integration failed for a whole day', () => {
    const world = believableWorld();
    for (const at of [now, now + 4 * day, now + 8 * day]) {
      const rows = (world.rows(idOf(world, 'web events'), at) ?? []) as SyncJson[];
      const days = Map.groupBy(rows, ({ sync_start_time }) => sync_start_time.slice(0, 10));
      const bad = [...days.values()].filter(
        (syncs) => syncs.length === 24 && syncs.every(({ job_status }) => job_status === 'error'),
      );
      expect(bad.length).toBeGreaterThan(0);
    }
  });

  test('partial syncs count failed rows, and every documented status occurs', () => {
    const rows = [now, now + 200_000, now + 400_000].flatMap((at) =>
      [...histories(believableWorld(), at).values()].flat(),
    );
    const statuses = new Set(rows.map(({ job_status }) => job_status));
    expect(statuses).toEqual(new Set(['success', 'partial', 'error', 'config_error', 'running']));
    for (const { job_status, rows_failed_with_errors, rows_synced } of rows) {
      if (job_status === 'partial') expect(rows_failed_with_errors).toBeGreaterThan(0);
      if (job_status === 'success') expect(rows_failed_with_errors).toBe(0);
      if (job_status === 'error') expect(rows_synced).toBe(0);
      if (job_status === 'config_error') expect(rows_synced).toBeNull();
    }
  });
});

describe('special integrations', () => {
  test('one never synced, one reports no timestamps, one stopped months ago, an unknown id has no rows', () => {
    const world = believableWorld();
    const listed = (name: string) =>
      world.integrations(now).find(({ integration_name }) => integration_name?.endsWith(name));
    expect(world.rows(idOf(world, 'survey answers'), now)).toEqual([]);
    expect(listed('survey answers')).toMatchObject({
      last_updated_at: null,
      last_job_start_time: null,
      last_job_status: null,
      next_scheduled_run: null,
    });
    expect(listed('newsletter sign-ups')?.next_scheduled_run).toBeNull();
    const files = (world.rows(idOf(world, 'newsletter sign-ups'), now) ?? []) as SyncJson[];
    expect(files.length).toBeGreaterThan(200);
    expect(files.every(({ last_timestamp_synced }) => last_timestamp_synced === null)).toBe(true);
    const stopped = Date.parse(listed('legacy CRM export')?.last_job_start_time ?? '');
    expect(now - stopped).toBeGreaterThan(90 * day);
    expect(listed('consent flags')).toMatchObject({ last_job_status: 'config_error', last_updated_at: null });
    expect(world.rows('unknown', now)).toBeUndefined();
  });

  test('the list tells of the latest sync and the next run', () => {
    const world = believableWorld();
    const [attributes] = world.integrations(now);
    const latest = world.rows(attributes?.integration_id ?? '', now)?.at(-1) as SyncJson;
    expect(attributes?.last_job_start_time).toBe(latest.sync_start_time);
    expect(attributes?.next_scheduled_run).toBe('2026-11-22T21:15:00.000000Z');
    expect(Object.keys(attributes ?? {})).toHaveLength(11);
  });
});
