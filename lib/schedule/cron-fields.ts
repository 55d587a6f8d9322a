/** The grammar of the six fields of a cron expression. */
import { valuesOf } from './cron-values.ts';

export interface CronField {
  readonly name: string;
  /** What it takes, for people. */
  readonly allowed: string;
  /** The field in the parser's terms: numbers for names, in order; undefined where it is wrong. */
  readonly read: (text: string) => string | undefined;
}

const months = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const days = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

export const cronFields: readonly CronField[] = [
  field('minute', 0, 59),
  field('hour', 0, 23),
  field('day of month', 1, 31, {
    allowedToo: '?, L or 15W',
    special: (text) => (/^(\?|L|([1-9]|[12]\d|3[01])W)$/.test(text) ? text : undefined),
  }),
  field('month', 1, 12, { allowedToo: 'JAN to DEC', names: months }),
  field('day of week', 1, 7, {
    allowedToo: 'SUN to SAT, ?, L, 6L or 6#3',
    names: days,
    special: (text) => {
      // The last day of a week is a Saturday, which the parser does not know.
      if (text === 'L') return '7';
      return /^(\?|[1-7]L|[1-7]#[1-5])$/.test(text) ? text : undefined;
    },
  }),
  field('year', 1970, 2199),
];

interface Peculiarities {
  readonly allowedToo?: string;
  /** Names of the values, from the lowest on. */
  readonly names?: readonly string[];
  readonly special?: (text: string) => string | undefined;
}

function field(name: string, low: number, high: number, peculiarities: Peculiarities = {}): CronField {
  const { allowedToo, names = [], special } = peculiarities;
  const numbers = `${low} to ${high}, ranges such as ${low}-${low + 1}, steps such as */2, lists of those, or *`;
  return {
    name,
    allowed: allowedToo ? `${numbers}; ${allowedToo}` : numbers,
    read: (text) => special?.(text) ?? (text === '*' ? text : valuesOf(text, low, high, names)?.join(',')),
  };
}
