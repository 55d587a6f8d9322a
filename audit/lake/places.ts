/** Where an object may stand, and what its key says. */
import type { TableName } from '../tables/tables.ts';

export interface Place {
  readonly table: TableName;
  readonly workspace: string;
  /** The value of `dt` or `month`. */
  readonly part?: string;
}

const forms: Readonly<Record<TableName, string>> = {
  syncs: 'dt=(\\d{4}-\\d\\d-\\d\\d)/syncs',
  integrations: 'integrations',
  coverage: 'coverage',
  standing: 'standing',
  days: 'month=(\\d{4}-\\d\\d)/days',
  changes: 'changes',
  // Hive and Trino pass over names that begin with an underscore or a dot.
  quarantine: '[^/_.][^/]*',
};

const patterns = Object.entries(forms).map(
  ([table, form]) =>
    [
      table as TableName,
      new RegExp(`^${table}/workspace=([a-z0-9][a-z0-9-]{0,62})/${form}\\.ndjson\\.gz$`),
    ] as const,
);

/** Undefined: nothing of the lake has such a key. */
export function placeOf(key: string): Place | undefined {
  for (const [table, pattern] of patterns) {
    const [, workspace, part] = pattern.exec(key) ?? [];
    if (workspace === undefined) continue;
    if (part !== undefined && !isDate(part)) return undefined;
    return part === undefined ? { table, workspace } : { table, workspace, part };
  }
  return undefined;
}

const isDate = (part: string): boolean => {
  const day = part.length === 7 ? `${part}-01` : part;
  const ms = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(day);
};
