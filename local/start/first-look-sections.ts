/** The tables of the first look: what is asked, and what a person reads of an answer's row. */
import type { Cell } from '../query/cell.ts';
import { quoted } from '../query/view.ts';
import { durationText } from '../table/duration.ts';
import type { TextColumn } from '../table/text-table.ts';

export interface SectionColumn extends TextColumn {
  text(row: Row): string;
}

/** By the names of its columns. */
export type Row = Readonly<Record<string, Cell>>;

export interface Section {
  readonly title: string;
  /** What its rows are. */
  readonly things: string;
  readonly sql: string;
  readonly mostRows: number;
  readonly columns: readonly SectionColumn[];
}

const integration: SectionColumn = {
  name: 'integration',
  align: 'left',
  // Names often differ in their beginning or their end alone.
  shorten: 'middle',
  least: 18,
  text: ({ integration_name: name }) => plain(name),
};

const number = (name: string, field = name, dispensable = 0): SectionColumn => ({
  name,
  align: 'right',
  dispensable,
  text: (row) => plain(row[field] ?? null),
});

const minute = (name: string, field: string, dispensable = 0): SectionColumn => ({
  name,
  align: 'left',
  dispensable,
  text: (row) => minuteOf(row[field] ?? null),
});

/**
 * Whether what begins then may have begun earlier, in history that has not been read: the whole stretch that is known
 * begins no earlier, and below it there is more.
 */
const isHalfRead = (start: string): string =>
  `coalesce((coalesce(completeness.gaps, 0) > 0 OR completeness.trusted_to IS NULL)
    AND coalesce(${start} <= completeness.trusted_from, true), false)`;

export const sectionsOf = (workspace: string): readonly Section[] => [
  {
    title: 'The latest sync of each integration; failing counts its syncs since the last success:',
    things: 'integrations',
    mostRows: 15,
    columns: [
      integration,
      minute('last_start_utc', 'last_start', 2),
      { name: 'status', align: 'left', shorten: 'end', text: (row) => plain(row.last_status ?? null) },
      number('rows', 'last_rows_synced', 3),
      number('refused', 'last_rows_failed', 1),
      {
        name: 'last_success_utc',
        align: 'left',
        text: ({ last_success: success, is_half_read: isHalf }) =>
          success === null && isHalf === true ? 'not read yet' : minuteOf(success ?? null),
      },
      {
        name: 'failing',
        align: 'right',
        text: (row) => atLeast(row, plain(row.syncs_without_success ?? null)),
      },
    ],
    sql: `SELECT latest_syncs.*,
  failing_since IS NOT NULL AND ${isHalfRead('failing_since')} AS is_half_read
FROM latest_syncs LEFT JOIN completeness USING (workspace, integration_id)
WHERE workspace = ${quoted(workspace)}
ORDER BY syncs_without_success DESC, last_start DESC NULLS LAST, latest_syncs.integration_name, integration_id`,
  },
  {
    title:
      'Incidents of the last 45 days, that is streaks of syncs without data; those still open first, then the longest:',
    things: 'incidents',
    mostRows: 10,
    columns: [
      integration,
      {
        name: 'since_utc',
        align: 'left',
        text: (row) => `${row.is_half_read === true ? 'at least ' : ''}${minuteOf(row.first_start ?? null)}`,
      },
      { name: 'syncs', align: 'right', text: (row) => atLeast(row, plain(row.syncs ?? null)) },
      {
        name: 'statuses',
        align: 'left',
        shorten: 'end',
        dispensable: 1,
        text: (row) => plain(row.statuses ?? null),
      },
      {
        name: 'next_success_utc',
        align: 'left',
        text: (row) => endOf(row),
      },
      {
        name: 'lasted',
        align: 'right',
        dispensable: 2,
        text: (row) =>
          typeof row.minutes_without_data === 'number' && row.still_open !== true
            ? atLeast(row, durationText(row.minutes_without_data * 60))
            : '',
      },
    ],
    sql: `SELECT incidents.*, ${isHalfRead('first_start')} AS is_half_read
FROM incidents LEFT JOIN completeness USING (workspace, integration_id)
WHERE workspace = ${quoted(workspace)}
ORDER BY still_open DESC, syncs DESC, first_start DESC, incidents.integration_name, integration_id`,
  },
  {
    title: 'How complete the history is, in UTC:',
    things: 'integrations',
    mostRows: 15,
    columns: [
      integration,
      // What is missing stands at its end.
      { name: 'verdict', align: 'left', shorten: 'wrap', text: (row) => plain(row.verdict ?? null) },
    ],
    sql: `SELECT integration_name, verdict
FROM completeness WHERE workspace = ${quoted(workspace)}
ORDER BY state = 'complete' AND gaps = 0 AND row_order <> 'unproved' NULLS FIRST,
  open_syncs + abandoned_syncs DESC, integration_name, integration_id`,
  },
];

const atLeast = ({ is_half_read: isHalf }: Row, text: string): string =>
  isHalf === true ? `≥ ${text}` : text;

/** Of an incident: when data came again, or why none is expected any more. */
function endOf(row: Row): string {
  if (row.still_open === true) return 'still open';
  return row.ended_by === 'success' ? minuteOf(row.next_success ?? null) : plain(row.ended_by);
}

const plain = (cell: Cell | undefined): string => (cell === null || cell === undefined ? '' : String(cell));

/** Times of the lake begin with `yyyy-MM-dd HH:mm`. */
const minuteOf = (time: Cell): string => plain(time).slice(0, 16);
