/**
 * How the fields of a row become cells that the Hive JSON SerDe reads without an error. A field that is
 * there but can't be typed becomes null, and its name is listed in the line's `problems`. So is a time without a
 * zone, which is taken for UTC.
 */
import { fitsBigint } from '../schema/bigint-column.ts';
import { type Instant, readTime, timestampCell, withoutTrailingZeros } from './instant.ts';
import { type Members, type Sourced, stringOf } from './json-source.ts';

export class Cells {
  readonly #members: Members;
  readonly #problems: string[] = [];

  constructor(members: Members) {
    this.#members = members;
  }

  /** The names of the fields that could not be typed, or only by guessing their zone; or null: the cell `problems`. */
  get problems(): string | null {
    return this.#problems.length > 0 ? this.#problems.join(',') : null;
  }

  string(name: string): string | null {
    // A lone half of a surrogate pair has no UTF-8 form, and a reader may refuse the line for it.
    return this.#typed(name, (value) => stringOf(value)?.toWellFormed());
  }

  instant(name: string): Instant | null {
    const time = this.#typed(name, (value) => {
      const text = stringOf(value);
      return text === undefined ? undefined : readTime(text);
    });
    if (time && !time.hasZone) this.#problems.push(name);
    return time?.instant ?? null;
  }

  timestamp(name: string): string | null {
    const instant = this.instant(name);
    return instant === null ? null : timestampCell(instant);
  }

  /** An integer within 64 bits: a JSON number of integral value, or a string that is exactly an integer. */
  integer(name: string): bigint | null {
    return this.#typed(name, (value) => {
      const text = stringOf(value);
      if (text !== undefined) return /^-?(0|[1-9]\d*)$/.test(text) ? within64Bits(text) : undefined;
      return integralNumber(value.text);
    });
  }

  #typed<T>(name: string, read: (value: Sourced) => T | undefined): T | null {
    const value = this.#members.get(name);
    if (value === undefined || value.text === 'null') return null;
    const cell = read(value);
    if (cell !== undefined) return cell;
    this.#problems.push(name);
    return null;
  }
}

/** `12`, `12.0` and `1.2e1` are the same integer; `12.7` is none. Exact at any size. */
function integralNumber(source: string): bigint | undefined {
  const number = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(source);
  if (!number) return undefined;
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = number;
  const digits = `${whole}${fraction}`.replace(/^0+/, '');
  if (!digits) return 0n;
  const significant = withoutTrailingZeros(digits);
  const power = Number(exponent) - fraction.length + digits.length - significant.length;
  if (power < 0 || power > 20) return undefined;
  return within64Bits(`${sign}${significant}${'0'.repeat(power)}`);
}

function within64Bits(digits: string): bigint | undefined {
  // Longer texts are out of range whatever they say, and BigInt would be slow on a hostile one.
  if (digits.length > 20) return undefined;
  const value = BigInt(digits);
  return fitsBigint(value) ? value : undefined;
}
