/**
 * Where an object of the lake stands. The keys are the same in the bucket and under `DIR/lake/` on disk.
 */
import { createHash } from 'node:crypto';

/** What a workspace may be called: a partition value, and a part of names in AWS. */
export const workspaceName = /^[a-z0-9][a-z0-9-]{0,62}$/;

/** An id as somebody writes it down. Braze's have no blanks: one around it is a slip, and such an id names nothing. */
export const writtenId = /^\S(.*\S)?$/;
export const writtenIdRule =
  'must be the id of an integration: it must not be empty, nor have a blank around it';

/** Results of queries in Athena stand under it, beside the lake, and expire. */
export const resultsPrefix = 'athena-results';

/** Reports stand under it, beside the lake. */
export const reportsPrefix = 'reports';

/** The newest report of a workspace; earlier ones are versions of it. */
export const reportKey = (workspace: string): string => `${reportsPrefix}/workspace=${workspace}/report.html`;

/** The day's partition of `syncs`; `day` is a UTC date, `YYYY-MM-DD`. */
export const syncsKey = (workspace: string, day: string): string =>
  `syncs/workspace=${workspace}/dt=${day}/syncs.ndjson.gz`;

export const integrationsKey = (workspace: string): string =>
  `integrations/workspace=${workspace}/integrations.ndjson.gz`;

export const coverageKey = (workspace: string): string =>
  `coverage/workspace=${workspace}/coverage.ndjson.gz`;

export const standingKey = (workspace: string): string =>
  `standing/workspace=${workspace}/standing.ndjson.gz`;

/** The month of a UTC day, `YYYY-MM`. */
export const monthOf = (day: string): string => day.slice(0, 7);

/** What the days of a month add up to; `month` is `YYYY-MM`. */
export const daysKey = (workspace: string, month: string): string =>
  `days/workspace=${workspace}/month=${month}/days.ndjson.gz`;

export const changesKey = (workspace: string): string => `changes/workspace=${workspace}/changes.ndjson.gz`;

/** One object an integration, so that one hostile integration never makes the others' object large. */
export const quarantineKey = (workspace: string, integrationId: string): string =>
  `quarantine/workspace=${workspace}/${safeName(integrationId)}.ndjson.gz`;

/**
 * A name that is safe as a file name and as part of an object key, different for different texts:
 * ids come from outside and may hold slashes, dots or anything else.
 */
export function safeName(text: string): string {
  if (/^[a-z0-9][a-z0-9-]{0,99}$/.test(text)) return text;
  // Hive and Trino pass over names that begin with an underscore or a dot.
  const readable = text
    .replace(/[^A-Za-z0-9-]+/g, '_')
    .replace(/^_/, '')
    .slice(0, 60);
  const digest = createHash('sha256').update(text).digest('hex').slice(0, 16);
  return `${readable || 'id'}.${digest}`;
}
