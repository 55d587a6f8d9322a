/** Tables that a phone shows as a list of cards: the roles keep them tables for a screen reader. */
import { type Content, html, type Markup } from '../markup/html.ts';

export interface Column<Row> {
  readonly head: string;
  /** Numbers stand to the right; sentences need room, else their column is as narrow as a letter. */
  readonly kind?: 'number' | 'prose';
  readonly cell: (row: Row) => Content;
}

/** The first column names the row. */
export function table<Row>(
  label: string,
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  classOf?: (row: Row) => string,
): Markup {
  return html`<table role="table" class="cards" aria-label="${label}"><thead role="rowgroup"><tr role="row">${columns.map(
    ({ head, kind }) =>
      html`<th role="columnheader" scope="col"${kind && html` class="${kind}"`}>${head}</th>`,
  )}</tr></thead><tbody role="rowgroup">${rows.map(
    (
      row,
    ) => html`<tr role="row"${classOf && html` class="${classOf(row)}"`}>${columns.map((column, index) => cellOf(column, row, index === 0))}</tr>
`,
  )}</tbody></table>`;
}

function cellOf<Row>({ head, kind, cell }: Column<Row>, row: Row, isFirst: boolean): Markup {
  if (isFirst) return html`<th role="rowheader" scope="row">${cell(row)}</th>`;
  return html`<td role="cell" data-head="${head}"${kind && html` class="${kind}"`}>${cell(row)}</td>`;
}
