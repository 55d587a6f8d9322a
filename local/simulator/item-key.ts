import { RawJson } from './world.ts';

/**
 * What stays the same of an item while it is served: a sync's start, which it keeps when it turns from running
 * to final, or an integration's id. An item without either is known by its whole text.
 */
export function itemKey(item: unknown): string {
  return (
    textOf(item, 'sync_start_time') ??
    textOf(item, 'integration_id') ??
    rawKey(item) ??
    JSON.stringify(item) ??
    ''
  );
}

function textOf(item: unknown, field: string): string | undefined {
  if (typeof item !== 'object' || item === null) return undefined;
  const value = (item as Record<string, unknown>)[field];
  return typeof value === 'string' ? value : undefined;
}

function rawKey(item: unknown): string | undefined {
  if (!(item instanceof RawJson)) return undefined;
  try {
    return textOf(JSON.parse(item.json), 'sync_start_time') ?? item.json;
  } catch {
    return item.json;
  }
}
