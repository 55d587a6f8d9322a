/**
 * Times as the contract has them: an instant is UTC text with all the digits that its source gave, without a zone, so
 * that instants sort as text; a cell is the same cut to milliseconds.
 */
const datePart = String.raw`(\d{4})-(\d\d)-(\d\d)`;
const timePart = String.raw`(\d\d):(\d\d)(?::(\d\d)(?:[.,](\d+))?)?`;
const zonePart = String.raw`( ?(?:z|utc|([+-])(\d\d)(?::?(\d\d))?))?`;
const form = new RegExp(`^${datePart}[t ]${timePart}${zonePart}$`, 'i');

export interface Time {
  readonly instant: string;
  readonly hasZone: boolean;
}

/** Undefined: it is no time that the contract knows. */
export function timeIn(value: unknown): Time | undefined {
  const match = typeof value === 'string' ? form.exec(value) : null;
  if (!match) return undefined;
  const [, year, month, day, hour, minute, second = '00', fraction, zone, sign, zoneHour, zoneMinute] = match;
  const local = `${year}-${month}-${day}T${hour}:${minute}:${second}`;
  const ms = Date.parse(`${local}Z`);
  // A Date takes the 30th of February for a day of March.
  if (Number.isNaN(ms) || new Date(ms).toISOString().slice(0, 19) !== local) return undefined;
  const [aheadHours, aheadMinutes] = [Number(zoneHour ?? 0), Number(zoneMinute ?? 0)];
  if (aheadHours > 23 || aheadMinutes > 59) return undefined;
  const aheadMs = (aheadHours * 60 + aheadMinutes) * 60_000 * (sign === '-' ? -1 : 1);
  const utc = new Date(ms - aheadMs).toISOString();
  if (utc.length !== 24 || utc.startsWith('0000')) return undefined;
  const instant = fraction ? `${utc.slice(0, 19)}.${fraction}` : utc.slice(0, 19);
  return { instant, hasZone: zone !== undefined };
}

/** Cut to milliseconds, never rounded. */
export function cellOf(instant: string): string {
  return `${instant.slice(0, 10)} ${instant.slice(11, 19)}.${instant.slice(20, 23).padEnd(3, '0')}`;
}

export const cellOfMs = (ms: number): string => new Date(ms).toISOString().replace('T', ' ').slice(0, 23);

/** NaN where it is no cell of the type timestamp. */
export function msOfCell(cell: string): number {
  if (!/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}$/.test(cell)) return Number.NaN;
  const ms = Date.parse(`${cell.replace(' ', 'T')}Z`);
  return !Number.isNaN(ms) && cellOfMs(ms) === cell ? ms : Number.NaN;
}

/** All the digits that both have are the same: the two may be one moment. */
export const mayBeOne = (a: string, b: string): boolean => a.startsWith(b) || b.startsWith(a);
