/** A result as text: a table for people, JSON and CSV for programs. */
import Table from 'cli-table3';
import { stringify } from 'csv-stringify/sync';
import type { Cell } from './cell.ts';
import type { QueryResult } from './open-lake.ts';

/** On a terminal a text longer than this is cut: `raw` would push everything else off the screen. */
const widestText = 60;

const isNumeric = (type: string): boolean =>
  /^(U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|BIGNUM|FLOAT|DOUBLE|DECIMAL\(.*\))$/.test(type);

/** A table has no more rows than this: nobody reads them, and laying them out takes ever longer. */
export const mostTableRows = 1000;

/** Aligned columns, null as nothing. */
export function asTable({ columns, rows }: QueryResult, isTerminal: boolean): string {
  const table = new Table({
    head: columns.map(({ name }) => oneLine(name)),
    colAligns: columns.map(({ type }) => (isNumeric(type) ? 'right' : 'left')),
    style: { head: [], border: [], compact: true, 'padding-left': 0, 'padding-right': 0 },
    chars: { ...noBorders, mid: '─', 'mid-mid': '  ', middle: '  ' },
  });
  for (const row of rows.slice(0, mostTableRows)) {
    const texts = row.map((cell) => oneLine(cellText(cell)));
    table.push(isTerminal ? texts.map(cut) : texts);
  }
  return table.toString().replace(/ +$/gm, '').concat('\n');
}

const noBorders = Object.fromEntries(
  ['top', 'top-mid', 'top-left', 'top-right', 'bottom', 'bottom-mid', 'bottom-left', 'bottom-right']
    .concat('left', 'left-mid', 'right', 'right-mid')
    .map((name) => [name, '']),
);

/** What a control character would do to the table, or the terminal, it does not do as its escape. */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu, (character) => {
    const code = character.charCodeAt(0).toString(16);
    return named[character] ?? `\\u${code.padStart(4, '0')}`;
  });
}

const named: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

function cut(text: string): string {
  if (text.length <= widestText) return text;
  const characters = [...text];
  return characters.length > widestText ? `${characters.slice(0, widestText - 1).join('')}…` : text;
}

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
    quoted_match: /^$/,
  });
}

function cellText(cell: Cell): string {
  if (cell === null) return '';
  return typeof cell === 'object' ? jsonText(cell) : String(cell);
}
