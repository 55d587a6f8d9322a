/** A result as text: a table for people, JSON and CSV for programs. */
import { stringify } from 'csv-stringify/sync';
import { durationText } from '../table/duration.ts';
import type { Screen } from '../table/screen.ts';
import { paintedState } from '../table/state-colours.ts';
import { type FittedTable, fitted, type TextColumn, type TextTable } from '../table/text-table.ts';
import type { Cell } from './cell.ts';
import type { QueryResult } from './open-lake.ts';

type Column = QueryResult['columns'][number];

/** A table has no more rows than this: nobody reads them, and laying them out takes ever longer. */
export const mostTableRows = 1000;

/**
 * Aligned columns for people: null as nothing, numbers rounded, lengths of time in words. An id beside its name stays
 * only where all fits.
 */
export function asTable({ columns, rows }: QueryResult, screen: Screen): FittedTable {
  const cells = rows
    .slice(0, mostTableRows)
    .map((row) => row.map((cell, index) => paintedState(oneLine(peopleText(cell, columns[index])), screen)));
  const named = new Set(columns.map(({ name }) => name));
  const textColumns = columns.map((column, index) => ({
    ...textColumn(column),
    ...(isBesideItsName(column.name, named) ? { least: shortIdWidth, yields: true as const } : {}),
    dispensable: dispensable(
      column.name,
      cells.map((row) => row[index] ?? ''),
    ),
  }));
  const all = { columns: textColumns, rows: cells };
  const whole = fitted(all, screen.width);
  if (whole.leftOut.length === 0 && !whole.isShortened) return whole;
  const isKept = textColumns.map((_, index) => !isSaidByName(index, all));
  const others = {
    columns: textColumns.filter((_, index) => isKept[index]),
    rows: cells.map((row) => row.filter((_, index) => isKept[index])),
  };
  const ids = textColumns.filter((_, index) => !isKept[index]).map(({ name }) => name);
  const table = fitted(others, screen.width);
  return { ...table, leftOut: [...ids, ...table.leftOut] };
}

/** Whether the column is an id, and each name beside it that of one id alone: names need not be unique. */
function isSaidByName(id: number, { columns, rows }: TextTable): boolean {
  const name = columns.findIndex((each) => each.name === columns[id]?.name.replace(/_id$/, '_name'));
  if (name === -1 || name === id) return false;
  const ids = Map.groupBy(rows, (row) => row[name] ?? '').values();
  return ids.every((same) => same.every((row) => row[name] !== '' && row[id] === same[0]?.[id]));
}

/** Of an id that tells integrations of one name apart the beginning is enough to tell one from another. */
const shortIdWidth = 9;
const isBesideItsName = (name: string, all: ReadonlySet<string>): boolean =>
  name.endsWith('_id') && all.has(name.replace(/_id$/, '_name'));

/** How something stands: half of that is another thing. */
const isVerdict = (name: string): boolean => /^(state|late|job_status|last_status)$/.test(name);

/**
 * Where there is no room, what says nothing goes first, then what says the same in every row, and of that what is there
 * for the filter alone; then what describes an integration, or is there for the filter; how it stands goes last.
 */
function dispensable(name: string, texts: readonly string[]): number {
  if (texts.every((text) => text === '')) return 4;
  const isForFilter = /^(dt|workspace|integration_type|warehouse_type)$/.test(name);
  const [first, ...others] = texts;
  if (others.length > 0 && others.every((text) => text === first)) return isForFilter ? 3 : 2;
  if (isForFilter) return 1;
  return isVerdict(name) ? -1 : 0;
}

function textColumn({ name, type }: Column): TextColumn {
  const isNumeric = /^(U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|BIGNUM|FLOAT|DOUBLE|DECIMAL\(.*\))$/.test(type);
  if (isNumeric) return { name: oneLine(name), align: 'right' };
  const isWhole = /^(TIMESTAMP|DATE|TIME|BOOLEAN)/.test(type) || isVerdict(name);
  return { name: oneLine(name), align: 'left', ...(isWhole ? {} : { shorten: 'end' }) };
}

/** Only a floating-point number is rounded: every other one is exact, and meant to be. */
function peopleText(cell: Cell, column: Column | undefined): string {
  const { name, type } = column ?? { name: '', type: '' };
  if (typeof cell !== 'number' || !Number.isFinite(cell) || !/^(DOUBLE|FLOAT)$/.test(type))
    return cellText(cell);
  const [, unit] = /(?:^|_)(seconds|minutes|hours)(?:_|$)/.exec(name) ?? [];
  if (unit) return durationText(cell * (secondsIn[unit] ?? 1));
  if (Number.isInteger(cell)) return String(cell);
  return String(Number(Math.abs(cell) < 1 ? cell.toPrecision(2) : cell.toFixed(2)));
}

const secondsIn: Readonly<Record<string, number>> = { seconds: 1, minutes: 60, hours: 3600 };

/** What a control character would do to the table, or the terminal, it does not do as its escape. */
export function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu, (character) => {
    const code = character.charCodeAt(0).toString(16);
    return named[character] ?? `\\u${code.padStart(4, '0')}`;
  });
}

const named: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** An array with an object a row, each on a line of its own. */
export function asJson({ columns, rows }: QueryResult): string {
  const keys = columns.map(({ name }) => JSON.stringify(name));
  // A decimal comes as text, so that no digit of it is lost.
  const isDecimal = columns.map(({ type }) => type.startsWith('DECIMAL'));
  const lines = rows.map((row) => {
    const members = row.map((cell, index) => {
      const text = isDecimal[index] && typeof cell === 'string' ? cell : jsonText(cell);
      return `${keys[index]}:${text}`;
    });
    return `{${members.join(',')}}`;
  });
  return lines.length > 0 ? `[\n${lines.join(',\n')}\n]\n` : '[]\n';
}

/** JSON with integers of any size, exactly. */
function jsonText(cell: Cell): string {
  if (typeof cell === 'bigint') return String(cell);
  if (cell === null || typeof cell !== 'object') return JSON.stringify(cell);
  if (Array.isArray(cell)) return `[${cell.map(jsonText).join(',')}]`;
  const members = Object.entries(cell).map(([name, field]) => `${JSON.stringify(name)}:${jsonText(field)}`);
  return `{${members.join(',')}}`;
}

/** RFC 4180 with a header line; null is an empty field, an empty text is `""`. */
export function asCsv({ columns, rows }: QueryResult): string {
  const records = rows.map((row) => row.map((cell) => (cell === null ? null : cellText(cell))));
  return stringify([columns.map(({ name }) => name), ...records], {
    record_delimiter: 'windows',
    // It quotes a line break of its own kind by itself; a lone CR or LF would end a record for others.
    quoted_match: /^$|[\r\n]/,
  });
}

function cellText(cell: Cell): string {
  if (cell === null) return '';
  return typeof cell === 'object' ? jsonText(cell) : String(cell);
}
