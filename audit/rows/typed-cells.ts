/** The typing rules of the contract, from a raw row's fields to cells. */
import { type Members, NumberText } from './json.ts';
import { cellOf, timeIn } from './time.ts';

const [least, most] = [-(2n ** 63n), 2n ** 63n - 1n];

/** Reads fields, and notes the names of those that are there and can't be typed. */
export class TypedCells {
  readonly #row: Members;
  readonly #problems: string[] = [];

  constructor(row: Members) {
    this.#row = row;
  }

  get problems(): string | null {
    return this.#problems.length === 0 ? null : this.#problems.join(',');
  }

  text(name: string): string | null {
    return this.#read(name, (value) => (typeof value === 'string' ? value.toWellFormed() : undefined));
  }

  instant(name: string): string | null {
    const time = this.#read(name, timeIn);
    // Without a zone it is taken for UTC, and that is said.
    if (time && !time.hasZone) this.#problems.push(name);
    return time ? time.instant : null;
  }

  timestamp(name: string): string | null {
    const instant = this.instant(name);
    return instant === null ? null : cellOf(instant);
  }

  integer(name: string): bigint | null {
    return this.#read(name, (value) => {
      if (value instanceof NumberText) return wholeNumber(value.text);
      // A text that is exactly an integer is one.
      const isInteger = typeof value === 'string' && /^-?(?:0|[1-9][0-9]*)$/.test(value);
      return isInteger && value.length < 30 ? within64Bits(BigInt(value)) : undefined;
    });
  }

  #read<T>(name: string, read: (value: unknown) => T | undefined): T | null {
    const value = this.#row[name];
    if (value === undefined || value === null) return null;
    const cell = read(value);
    if (cell !== undefined) return cell;
    this.#problems.push(name);
    return null;
  }
}

/** `12`, `12.0` and `1.2e1` are one integer, `12.7` is none. */
function wholeNumber(text: string): bigint | undefined {
  const [mantissa = '', power = '0'] = text.toLowerCase().split('e');
  const [whole = '', fraction = ''] = mantissa.split('.');
  const isNegative = whole.startsWith('-');
  let digits = isNegative ? whole.slice(1) + fraction : whole + fraction;
  let scale = Number(power) - fraction.length;
  digits = digits.replace(/^0+/, '');
  if (digits === '') return 0n;
  while (digits.endsWith('0')) {
    digits = digits.slice(0, -1);
    scale += 1;
  }
  if (scale < 0 || digits.length + scale > 20) return undefined;
  const value = BigInt(digits) * 10n ** BigInt(scale);
  return within64Bits(isNegative ? -value : value);
}

const within64Bits = (value: bigint): bigint | undefined =>
  value >= least && value <= most ? value : undefined;
