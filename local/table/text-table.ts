/** A table of texts that fits the width it is given: first cells get shorter, then columns are left out. */
import Table from 'cli-table3';
import cliTruncate from 'cli-truncate';
import stringWidth from 'string-width';
import wrapAnsi from 'wrap-ansi';

export interface TextColumn {
  readonly name: string;
  readonly align: 'left' | 'right';
  /** How its cells get shorter. @default they don't: half of a number or a time is another one */
  readonly shorten?: 'end' | 'middle' | 'wrap';
  /** How much it keeps when it gets shorter. @default 12 */
  readonly least?: number;
  /** It keeps no more than that where another column had to go. @default it takes what room there is */
  readonly yields?: true;
  /**
   * Where there is no room, the one with the highest goes first; of equals, the one further right. The first column
   * stays, unless it can be spared: has more than 0.
   * @default 0
   */
  readonly dispensable?: number;
}

export interface TextTable {
  readonly columns: readonly TextColumn[];
  /** Each cell one line, without control characters. */
  readonly rows: readonly (readonly string[])[];
}

export interface FittedTable {
  /** Ends with a line break. */
  readonly text: string;
  /** The names of the columns for which there was no room. */
  readonly leftOut: readonly string[];
  readonly isShortened: boolean;
}

/** A column that can get shorter keeps at least so much, and its name. */
const usualLeast = 12;
const between = '  ';

/** @param width undefined: everything is whole. */
export function fitted({ columns, rows }: TextTable, width: number | undefined): FittedTable {
  const sizes = columns.map((column, index) =>
    measured(
      column,
      rows.map((row) => row[index] ?? ''),
    ),
  );
  const kept = width === undefined ? [...columns.keys()] : keptColumns(columns, sizes, width);
  const room = width === undefined ? Number.POSITIVE_INFINITY : width - between.length * (kept.length - 1);
  const isCrowded = kept.length < columns.length;
  const sizeOf = (index: number): Measured => {
    const { needed = 0, least = 0 } = sizes[index] ?? {};
    return { needed: isCrowded && columns[index]?.yields ? least : needed, least };
  };
  const widths = sharedOut(new Map(kept.map((index) => [index, sizeOf(index)])), room);
  const text = (cell: string, index: number): string => {
    const most = widths.get(index) ?? 0;
    const { shorten = 'end' } = columns[index] ?? {};
    if (stringWidth(cell) <= most) return cell;
    return shorten === 'wrap'
      ? wrapAnsi(cell, most, { hard: true })
      : cliTruncate(cell, most, { position: shorten });
  };
  const laidOut = layOut(
    kept.map((index) => [text(columns[index]?.name ?? '', index), columns[index]?.align ?? 'left']),
    rows.map((row) => kept.map((index) => text(row[index] ?? '', index))),
  );
  return {
    text: laidOut,
    leftOut: columns.filter((_, index) => !kept.includes(index)).map(({ name }) => name),
    isShortened: kept.some(
      (index) => columns[index]?.shorten !== 'wrap' && (sizes[index]?.needed ?? 0) > (widths.get(index) ?? 0),
    ),
  };
}

interface Measured {
  /** What the widest of its texts takes. */
  readonly needed: number;
  /** What it takes at the least. */
  readonly least: number;
}

function measured(column: TextColumn, texts: readonly string[]): Measured {
  const name = stringWidth(column.name);
  const needed = texts.reduce((widest, text) => Math.max(widest, stringWidth(text)), name);
  return {
    needed,
    least: column.shorten ? Math.max(name, Math.min(needed, column.least ?? usualLeast)) : needed,
  };
}

/** Those for which there is room when all that can get shorter are as short as they get; one always. */
function keptColumns(columns: readonly TextColumn[], sizes: readonly Measured[], width: number): number[] {
  const kept = [...columns.keys()];
  const total = () =>
    kept.reduce((sum, index) => sum + (sizes[index]?.least ?? 0) + between.length, -between.length);
  const rank = (index: number) => columns[index]?.dispensable ?? 0;
  while (kept.length > 1 && total() > width) {
    const [first = 0, ...others] = kept;
    const spared = rank(first) > 0 ? kept : others;
    const going = spared.reduce((best, index) => (rank(index) >= rank(best) ? index : best));
    kept.splice(kept.indexOf(going), 1);
  }
  return kept;
}

/** What is short stays whole, what can't get shorter, too; the longest share what those leave. */
function sharedOut(sizes: ReadonlyMap<number, Measured>, room: number): ReadonlyMap<number, number> {
  const widths = new Map<number, number>();
  const inOrder = [...sizes].sort(([, a], [, b]) => a.needed - b.needed);
  let [left, reserved] = [room, inOrder.reduce((sum, [, { least }]) => sum + least, 0)];
  for (const [position, [index, { needed, least }]] of inOrder.entries()) {
    reserved -= least;
    const share = Math.max(least, Math.floor(left / (inOrder.length - position)));
    const width = Math.max(1, Math.min(needed, share, left - reserved));
    widths.set(index, width);
    left -= width;
  }
  return widths;
}

function layOut(head: readonly (readonly [string, 'left' | 'right'])[], rows: readonly string[][]): string {
  const table = new Table({
    head: head.map(([name]) => name),
    colAligns: head.map(([, align]) => align),
    style: { head: [], border: [], compact: true, 'padding-left': 0, 'padding-right': 0 },
    chars: { ...noBorders, mid: '─', 'mid-mid': between, middle: between },
  });
  table.push(...rows);
  const text = table.toString().replace(/ +$/gm, '');
  // Without rows the library draws no line below the names.
  const rule =
    rows.length === 0 ? `\n${head.map(([name]) => '─'.repeat(stringWidth(name))).join(between)}` : '';
  return `${text}${rule}\n`;
}

const noBorders = Object.fromEntries(
  ['top', 'top-mid', 'top-left', 'top-right', 'bottom', 'bottom-mid', 'bottom-left', 'bottom-right']
    .concat('left', 'left-mid', 'right', 'right-mid')
    .map((name) => [name, '']),
);
