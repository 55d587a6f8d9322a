/** The tables of the README, and their place in it. */
import type { Needs } from './needs.ts';
import type { Outcome } from './play.ts';

export interface Column {
  readonly name: string;
  readonly outcomes: readonly Outcome[];
  readonly needs: Needs;
}

const needRows = [
  ['a first export of 3,650 rows: time', 'wall'],
  ['the same: memory held resident at the most', 'resident'],
  ['the same: from start to first request', 'untilRequest'],
] as const;

/** @param rows their order. @param columns the first is this project, the others are its peers. */
export function tables(rows: readonly string[], columns: readonly Column[]): string {
  const names = columns.map(({ name }) => name);
  const [, ...peers] = columns;
  const cellOf = (row: string) => (column: Column) => {
    const outcome = column.outcomes.find((each) => each.row === row);
    if (!outcome) throw new Error(`${column.name} has not played: ${row}`);
    return outcomeText(outcome);
  };
  const ratio = (need: keyof Needs) => {
    const least = Math.min(...peers.map(({ needs }) => needs[need]));
    return ({ needs }: Column) => (needs[need] / least).toFixed(2);
  };
  return [
    markdown([
      ['requests: lost, doubled, stale', ...names],
      ...rows.map((row) => [row, ...columns.map(cellOf(row))]),
    ]),
    markdown([
      ['over the least of the other three', ...names],
      ...needRows.map(([said, need]) => [said, ...columns.map(ratio(need))]),
    ]),
  ].join('\n\n');
}

function outcomeText({ requests, lost, doubled, stale, hasFailed }: Outcome): string {
  const text = `${requests}: ${lost}, ${doubled}, ${stale}`;
  return hasFailed ? `${text}, error` : text;
}

const markdown = ([head = [], ...rows]: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

const [open, close] = ['<!-- begin peers -->', '<!-- end peers -->'];

export const withTables = (page: string, text: string): string => {
  const [before, rest] = page.split(open);
  const [, after] = rest?.split(close) ?? [];
  if (before === undefined || after === undefined) throw new Error(`There is no ${open} … ${close}.`);
  return `${before}${open}\n\n${text}\n\n${close}${after}`;
};
