/** What an alert is about in a few words: the subject of a mail, the title in a chat. */
import type { AlertNotice } from './notice.ts';

const titles: Readonly<Record<AlertNotice['kind'], string>> = {
  failed: 'syncs fail',
  refused: 'rows are refused',
  late: 'a sync is late',
  stuck: 'a sync does not end',
  trap: 'syncs succeed, and something is wrong',
  gone: 'it is no longer there',
  gap_at_risk: 'history is about to be lost',
  not_exported: 'its history can not be exported',
};

const trapTitles: Readonly<Record<string, string>> = {
  future_watermark: 'new rows are no longer taken',
  whole_table_again: 'the whole table is sent each time',
  boundary_resync: 'the same rows are sent again',
  nothing_arrives: 'syncs bring no rows',
  watermark_stands: 'late rows are skipped',
  near_the_limit: 'syncs come near the limit of Braze',
};

export function titleOf({ kind, trap }: Pick<AlertNotice, 'kind' | 'trap'>): string {
  return (kind === 'trap' && trap !== null && trapTitles[trap]) || titles[kind];
}
