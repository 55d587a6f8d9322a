/** What a report is asked for, and the SQL that all its questions share. */
import { quoted } from '../../local/query/view.ts';

export interface Moment {
  /** The time of the report, `yyyy-MM-dd HH:mm:ss.SSS` in UTC: all its questions have the same present. */
  readonly now: string;
  /** How many UTC days it shows; the last one is today. */
  readonly days: number;
  /** Undefined: all. */
  readonly workspaces: readonly string[] | undefined;
  /** Ids; undefined: all. */
  readonly integrations?: readonly string[] | undefined;
}

/** How many days are shown unless somebody asks for another number. */
export const defaultDays = 365;

export const today = ({ now }: Moment): string => now.slice(0, 10);

export function firstDay(moment: Moment): string {
  return daysBefore(today(moment), moment.days - 1);
}

export function daysBefore(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - days * 86_400_000).toISOString().slice(0, 10);
}

/** A condition; stands in each question, so that no other workspace's objects are opened. */
export function ofThose({ workspaces, integrations }: Moment): string {
  const conditions = [isOneOf('workspace', workspaces), isOneOf('integration_id', integrations)];
  return conditions.filter((condition) => condition !== undefined).join(' AND ') || 'true';
}

const isOneOf = (column: string, values: readonly string[] | undefined): string | undefined =>
  values && `${column} IN (${values.map(quoted).join(', ')})`;
