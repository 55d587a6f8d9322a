/** A history to look at: six weeks up to now, of integrations that do well, fail, are late, or have a hostile name. */
import { coverage, integration, lakeOf, running, sync } from '../../sql/lines.ts';
import { dayMs, hourMs, type ModelLake, minuteMs, type Sync } from '../../sql/model/lake.ts';
import { withStanding } from '../../sql/standings-of.ts';

const workspace = 'shop';
const days = 42;

export const names = {
  users: 'User attributes',
  purchases: 'Purchases',
  catalog: '<b>Zoë\'s "catalog"</b> 🦆',
};

/** @param now in milliseconds @param checked when the exporter last looked */
export function knownLake(now: number, checked = now - 5 * minuteMs): ModelLake {
  const from = now - days * dayMs;
  const of = (id: string, every: number, change: (index: number, start: number) => Partial<Sync>) =>
    Array.from({ length: Math.floor((days * dayMs) / every) }, (_, index) => {
      const start = from + index * every + minuteMs;
      return sync({ workspace, id, start, finish: start + 4 * minuteMs, ...change(index, start) });
    });
  const users = of('users', 6 * hourMs, (index) => ({
    synced: BigInt(1000 + (index % 4) * 100),
    ...(index % 25 === 24 ? { status: 'partial', failed: 40n } : {}),
  }));
  const purchases = of('purchases', 12 * hourMs, (index, start) =>
    // The last three days fail, and so did a day in the middle.
    start > now - 3 * dayMs || (index > 40 && index < 43)
      ? { status: index % 2 ? 'error' : 'config_error', synced: 0n }
      : { synced: 500n },
  );
  const catalog = of('catalog', dayMs, () => ({ synced: 20_000n }));
  const last = sync({ workspace, id: 'users', start: now - 10 * minuteMs, ...running });
  const ids = Object.keys(names) as (keyof typeof names)[];
  const lake = lakeOf({
    syncs: [...users, ...purchases, ...catalog, last],
    integrations: ids.map((id) => integration({ workspace, id, name: names[id] })),
    coverage: ids.map((id) => coverage({ workspace, id, from, to: checked, checkedAt: checked, open: 0n })),
    changes: [
      { workspace, id: 'users', seenAt: checked, field: 'integration_status', before: null, after: 'active' },
    ],
    quarantine: [{ workspace, integration_id: 'users', reason: 'sync_start_time is missing.', raw: '{}' }],
  });
  return withStanding(lake, checked);
}
