import { monthOf } from '../../lambda/schema/keys.ts';
import { partitionColumns, type TableName } from '../../lambda/schema/tables.ts';

const date = (name: string, format: string, first: string, unit: string): Record<string, string> => ({
  [`projection.${name}.type`]: 'date',
  [`projection.${name}.format`]: format,
  // The exporter takes starts of up to a day ahead of its clock.
  [`projection.${name}.range`]: `${first},NOW+1DAYS`,
  [`projection.${name}.interval`]: '1',
  [`projection.${name}.interval.unit`]: unit,
});

/**
 * Partitions that are computed instead of looked up: a new day needs no crawler and no repair.
 * Workspaces are named, so that a query without a filter on them still finds them all. Every day of the range is listed
 * by a query without a filter on `dt`, whether there is anything or not.
 */
export function partitionProjection(
  table: TableName,
  location: string,
  { workspaceNames, firstDay }: { readonly workspaceNames: readonly string[]; readonly firstDay: string },
): Record<string, string> {
  const dates: Readonly<Record<string, Record<string, string>>> = {
    dt: date('dt', 'yyyy-MM-dd', firstDay, 'DAYS'),
    month: date('month', 'yyyy-MM', monthOf(firstDay), 'MONTHS'),
  };
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
