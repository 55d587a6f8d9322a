import { type Change, keyOf, type ModelLake, type ModelRow, minuteMs, timeText } from './lake.ts';
import { namesOf, ownersOf } from './syncs.ts';

interface Ids {
  readonly workspace: string;
  readonly id: string;
}

export interface Pause extends Ids {
  readonly kind: 'paused' | 'gone';
  readonly from: number | null;
  readonly until: number;
}

/** What a change ends. */
function restBefore({ field, before }: Change): Pause['kind'] | undefined {
  if (field === 'listed' && before === 'false') return 'gone';
  if (field === 'integration_status' && before !== null && before.toLowerCase() !== 'active') return 'paused';
  return undefined;
}

/** Of each integration, in order, each without what those before it cover. */
export function pausesOf({ changes }: ModelLake): Pause[] {
  return [...Map.groupBy(changes, keyOf).values()].flatMap((own) => {
    const ended = [...Map.groupBy(own, ({ field }) => field).values()].flatMap((rows) => {
      const ordered = rows.toSorted((a, b) => a.seenAt - b.seenAt);
      return ordered.flatMap((change, index): Pause[] => {
        const kind = restBefore(change);
        const from = ordered[index - 1]?.seenAt ?? null;
        return kind ? [{ workspace: change.workspace, id: change.id, kind, from, until: change.seenAt }] : [];
      });
    });
    ended.sort((a, b) => (a.from ?? -1) - (b.from ?? -1) || a.until - b.until);
    return ended.flatMap((pause, index) => {
      const restedUntil = Math.max(...ended.slice(0, index).map(({ until }) => until));
      const from = index > 0 && restedUntil >= (pause.from ?? -1) ? restedUntil : pause.from;
      return from !== null && from >= pause.until ? [] : [{ ...pause, from }];
    });
  });
}

/** How long it was at rest, from a moment on at which it was not, in milliseconds. */
export function pausedMsBetween(lake: ModelLake, { workspace, id }: Ids, from: number, to: number): number {
  return pausesOf(lake)
    .filter((pause) => pause.workspace === workspace && pause.id === id)
    .filter((pause) => pause.from !== null && pause.from >= from && pause.from < to)
    .reduce((sum, pause) => sum + Math.min(pause.until, to) - (pause.from ?? to), 0);
}

export function pauses(lake: ModelLake): ModelRow[] {
  const owners = new Map(ownersOf(lake).map((owner) => [keyOf(owner), owner]));
  return pausesOf(lake).map(({ workspace, id, kind, from, until }) => ({
    ...namesOf(
      owners.get(keyOf({ workspace, id })) ?? { workspace, id, name: id, listing: undefined, syncs: [] },
    ),
    kind,
    paused_from: timeText(from),
    paused_until: timeText(until),
    minutes: from === null ? null : (until - from) / minuteMs,
  }));
}
