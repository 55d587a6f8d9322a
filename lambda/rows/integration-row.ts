/**
 * A row of the list of integrations. `contact_emails` is personal data: it is left out here, before
 * anything else sees the row, and so stands nowhere, not in `raw` either.
 */
import { encodeLine } from '../schema/encode-line.ts';
import { columns, type Line } from '../schema/tables.ts';
import { Cells } from './cells.ts';
import { membersOf, type Sourced, sourceWithout } from './json-source.ts';
import { type QuarantinedRow, tooDeep } from './sync-row.ts';

export interface IntegrationRow {
  readonly integrationId: string;
  /** Id of the Braze workspace that it belongs to, where the row tells it. */
  readonly appGroupId: string | null;
  /** The line of the `integrations` table, without the line break. */
  readonly line: string;
}

export function readIntegrationRow(row: Sourced): IntegrationRow | QuarantinedRow {
  // Addresses may be anywhere in it, and can't be taken out: nothing of it is kept.
  if (row.isTooDeep) return { integrationId: idOfTooDeep(row), reason: tooDeep, raw: '' };
  const raw = sourceWithout('contact_emails', row);
  const members = membersOf(row);
  if (!members) return { integrationId: null, reason: 'The integration is not an object.', raw };
  const cells = new Cells(members);
  const integrationId = cells.string('integration_id');
  if (!integrationId)
    return { integrationId: null, reason: 'integration_id is missing or not a string.', raw };
  const line: Line<'integrations'> = {
    integration_id: integrationId,
    integration_name: cells.string('integration_name'),
    integration_type: cells.string('integration_type'),
    integration_status: cells.string('integration_status'),
    warehouse_type: cells.string('warehouse_type'),
    app_group_id: cells.string('app_group_id'),
    last_updated_at: cells.timestamp('last_updated_at'),
    last_job_start_time: cells.timestamp('last_job_start_time'),
    next_scheduled_run: cells.timestamp('next_scheduled_run'),
    last_job_status: cells.string('last_job_status'),
    listed: true,
    problems: cells.problems,
    raw,
  };
  const { app_group_id } = line;
  const appGroupId = typeof app_group_id === 'string' ? app_group_id : null;
  return { integrationId, appGroupId, line: encodeLine(columns.integrations, line) };
}

function idOfTooDeep(row: Sourced): string | null {
  const { integration_id }: { integration_id?: unknown } = JSON.parse(row.text);
  return typeof integration_id === 'string' ? integration_id : null;
}

/** The same line of an integration that the source no longer lists: it keeps its name. */
export function unlistedLine(line: string): string {
  return encodeLine(columns.integrations, { ...JSON.parse(line), listed: false });
}
