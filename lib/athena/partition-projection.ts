import { partitionColumns, type TableName } from '../../lambda/schema/tables.ts';

/** The first day that a sync can be placed on. The exporter takes starts of up to a day ahead of its clock. */
const days = '2022-01-01,NOW+1DAYS';
const months = '2022-01,NOW+1DAYS';

const date = (name: string, format: string, range: string, unit: string): Record<string, string> => ({
  [`projection.${name}.type`]: 'date',
  [`projection.${name}.format`]: format,
  [`projection.${name}.range`]: range,
  [`projection.${name}.interval`]: '1',
  [`projection.${name}.interval.unit`]: unit,
});

const dates: Readonly<Record<string, Record<string, string>>> = {
  dt: date('dt', 'yyyy-MM-dd', days, 'DAYS'),
  month: date('month', 'yyyy-MM', months, 'MONTHS'),
};

/**
 * Partitions that are computed instead of looked up: a new day needs no crawler and no repair.
 * Workspaces are named, so that a query without a filter on them still finds them all.
 */
export function partitionProjection(
  table: TableName,
  location: string,
  workspaceNames: readonly string[],
): Record<string, string> {
  const partitions = Object.keys(partitionColumns[table]);
  return {
    'projection.enabled': 'true',
    'projection.workspace.type': 'enum',
    'projection.workspace.values': workspaceNames.join(','),
    ...Object.assign({}, ...partitions.map((name) => dates[name])),
    // Athena replaces the names.
    'storage.location.template': `${location}/${partitions.map((name) => `${name}=$\{${name}}/`).join('')}`,
  };
}
