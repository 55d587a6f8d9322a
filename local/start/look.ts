/** What a person sees after an export. */

import type { Screen } from '../table/screen.ts';
import { bucketOf } from './bucket.ts';
import type { StartOptions } from './options.ts';

/** Writes a page of the data. @returns its file. Passed in, since the page stands on `local/`, not the reverse. */
export type WriteReport = (options: {
  readonly data: string;
  readonly workspaces: readonly string[];
}) => Promise<string>;

/**
 * A first look at the data, and a report to open. The database is loaded only here: an export does not need it, and it
 * stands, whatever becomes of a look at it.
 */
export async function look(
  { data, workspace }: StartOptions,
  writeReport: WriteReport,
  screen: Screen,
): Promise<string> {
  const bucket = bucketOf(data);
  // It is not read anew only to be looked at.
  if (bucket !== undefined) return `To look at it: npm run report -- --bucket ${bucket}`;
  const told = ({ message }: Error) => message;
  const tables = await import('./first-look.ts')
    .then(({ firstLook }) => firstLook(data, workspace, screen))
    .catch(told);
  const report = await writeReport({ data, workspaces: [workspace] })
    .then((file) => `To look at in a browser: ${file}`)
    // Where there is nothing yet, the look has said so.
    .catch((error: Error) => (error.name === 'NothingToReport' ? '' : error.message));
  // What can't be read keeps both from being made.
  return [...new Set([tables, report])].filter((part) => part !== '').join('\n\n');
}
