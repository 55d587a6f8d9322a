import { expect, test } from 'vitest';
import { FailingSyncs } from '../../../local/rehearsal/failing-syncs.ts';
import { believableWorld } from '../../../local/simulator/believable.ts';

const hour = 3_600_000;

test('syncs that begin while it is broken fail, those before and after do not, and other integrations go on', () => {
  const now = Date.parse('2026-11-28T10:00:00Z');
  const world = believableWorld({ anchor: now });
  const failing = new FailingSyncs(world);
  const id = failing.begin(now);
  failing.end(now + hour);

  const at = now + 3 * hour;
  const changed = world.integrations(at).flatMap(({ integration_id: each }) => {
    const before = world.rows(each ?? '', at) ?? [];
    return (failing.rows(each ?? '', at) ?? [])
      .filter((row, index) => row !== before[index])
      .map((row) => [each, row]);
  });

  expect(changed.length).toBeGreaterThan(1);
  for (const [of, row] of changed) {
    expect(of).toBe(id);
    expect(row).toMatchObject({ job_status: 'error', rows_synced: 0 });
    const { sync_start_time } = row as { sync_start_time: string };
    expect(Date.parse(sync_start_time)).toBeGreaterThan(now);
    expect(Date.parse(sync_start_time)).toBeLessThanOrEqual(now + hour);
  }
});
