import { monthOf } from '../../lambda/schema/keys.ts';
import { partitionColumns, type TableName } from '../../lambda/schema/tables.ts';

/**
 * The interval is left out: it is a day or a month, as the format has it. Trino, whose engine is Athena's, takes no
 * months where it is said.
 */
const date = (name: string, format: string, first: string): Record<string, string> => ({
  [`projection.${name}.type`]: 'date',
  [`projection.${name}.format`]: format,
  // The exporter takes starts of up to a day ahead of its clock.
  [`projection.${name}.range`]: `${first},NOW+1DAYS`,
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
    dt: date('dt', 'yyyy-MM-dd', firstDay),
    month: date('month', 'yyyy-MM', monthOf(firstDay)),
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
