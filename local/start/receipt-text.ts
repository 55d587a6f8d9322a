/** The receipt for people. */

import { gainedNothing, type Receipt } from '../../lambda/run/receipt.ts';
import { count, counted } from '../table/counted.ts';
import { bucketOf } from './bucket.ts';
import type { StartOptions } from './options.ts';

const outcomes: Record<Receipt['outcome'], string> = {
  complete: 'Complete: all history up to now is in the lake.',
  suspended: 'Suspended: what was read is kept, and the next run goes on from there.',
  busy: 'Busy: another run is at work on this workspace; nothing was done.',
  failed: 'Failed: see the errors above. What could be read is kept.',
};

/** Where integrations were named, the run has not looked at any others. */
const namedAreComplete =
  'Complete: all history of the integrations that were named is in the lake, up to now.';

const nothingGained =
  'Suspended: nothing could be read before the run ended. Give it more time, or see what else uses the rate limit.';

const nothingExported = 'Failed: see the errors above. No history was exported.';

/** @param options what was asked for: where the lake is, and which integrations, where they were named. */
export function receiptText(
  receipt: Receipt,
  { data, integrations: named }: Pick<StartOptions, 'data' | 'integrations'>,
): string {
  const { rows, requests, objects, integrations, gaps, open, late, incidents } = receipt;
  // Eight lines of zeros would push the error out of sight.
  if (!hasSomething(receipt)) return headline(receipt, named !== undefined);
  return [
    headline(receipt, named !== undefined),
    `  integrations  ${count(integrations.total)}${integrations.failed ? `, ${integrations.failed} failed` : ''}`,
    `  rows          ${count(rows.new)} new, ${count(rows.updated)} updated, ${count(rows.unchanged)} unchanged` +
      (rows.quarantined ? `, ${count(rows.quarantined)} quarantined` : ''),
    `  gaps          ${counted(gaps, 'stretch', 'stretches')} of history not read yet`,
    `  open          ${counted(open, 'sync')} not final yet`,
    ...(late ? [`  late          ${counted(late, 'row')} turned up where none was missing`] : []),
    ...(incidents.raised || incidents.resolved
      ? [`  incidents     ${count(incidents.raised)} raised, ${count(incidents.resolved)} resolved`]
      : []),
    `  requests      ${count(requests.status)} for ${counted(receipt.pages, 'page')}, ${count(requests.list)} for the list`,
    `  objects       ${count(objects.read)} read, ${count(objects.written)} written ${whereOf(data)}`,
    `  time          ${receipt.elapsed_seconds} s, of which ${receipt.waited_seconds} s waiting for the rate limit`,
  ].join('\n');
}

/** A bucket has the lake at its root. */
const whereOf = (data: string): string =>
  bucketOf(data) === undefined ? `below ${data}/lake` : `to ${data}`;

/** Whether there is anything to tell of the run beside how it ended. */
export const hasSomething = ({ outcome, pages }: Receipt): boolean => outcome === 'complete' || pages > 0;

function headline(receipt: Receipt, areNamed: boolean): string {
  if (gainedNothing(receipt)) return nothingGained;
  if (receipt.outcome === 'failed' && receipt.pages === 0) return nothingExported;
  if (receipt.outcome === 'complete' && areNamed) return namedAreComplete;
  return outcomes[receipt.outcome];
}
