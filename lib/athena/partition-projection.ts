import { partitionColumns, type TableName } from '../../lambda/schema/tables.ts';

/** The first day that a sync can be placed on. The exporter takes starts of up to a day ahead of its clock. */
const days = '2022-01-01,NOW+1DAYS';

/**
 * Partitions that are computed instead of looked up: a new day needs no crawler and no repair.
 * Workspaces are named, so that a query without a filter on them still finds them all.
 */
export function partitionProjection(
  table: TableName,
  location: string,
  workspaceNames: readonly string[],
): Record<string, string> {
  const daily = 'dt' in partitionColumns[table];
  return {
    'projection.enabled': 'true',
    'projection.workspace.type': 'enum',
    'projection.workspace.values': workspaceNames.join(','),
    ...(daily
      ? {
          'projection.dt.type': 'date',
          'projection.dt.format': 'yyyy-MM-dd',
          'projection.dt.range': days,
          'projection.dt.interval': '1',
          'projection.dt.interval.unit': 'DAYS',
        }
      : {}),
    // biome-ignore lint/suspicious/noTemplateCurlyInString: Athena replaces it.
    'storage.location.template': `${location}/workspace=\${workspace}/${daily ? 'dt=${dt}/' : ''}`,
  };
}
