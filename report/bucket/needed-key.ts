import { lookBackDays } from '../../sql/expressions.ts';
import { usualDays } from '../figures/day.ts';
import { daysBefore, firstDay, type Moment, today } from '../figures/moment.ts';

const object =
  /^(syncs|integrations|coverage|quarantine)\/workspace=([a-z0-9][a-z0-9-]*)\/(?:dt=(\d{4}-\d\d-\d\d)\/)?[^/._][^/]*\.ndjson\.gz$/;

/**
 * Whether a report needs the object of this key: of `syncs` the days that it shows, and those that its views look
 * back to. Whatever else lies in the bucket is not taken for a part of the lake.
 */
export function isNeeded(key: string, moment: Moment): boolean {
  const [, table, workspace, day] = object.exec(key) ?? [];
  if (table === undefined || workspace === undefined) return false;
  if (moment.workspaces && !moment.workspaces.includes(workspace)) return false;
  if (table !== 'syncs') return day === undefined;
  return day !== undefined && day >= earliest(moment);
}

function earliest(moment: Moment): string {
  const shown = daysBefore(firstDay(moment), usualDays);
  const lookedBackTo = daysBefore(today(moment), lookBackDays);
  return shown < lookedBackTo ? shown : lookedBackTo;
}
