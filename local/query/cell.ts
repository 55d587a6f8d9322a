/** The values of a result, as plain JavaScript that every output format can write exactly. */
import {
  DuckDBArrayValue,
  DuckDBListValue,
  DuckDBMapValue,
  DuckDBStructValue,
  DuckDBTimestampTZValue,
  DuckDBTimestampValue,
  type DuckDBValue,
} from '@duckdb/node-api';

/** Dates, decimals and whatever else has no exact counterpart in JavaScript are text. */
export type Cell = null | boolean | number | bigint | string | Cell[] | { [field: string]: Cell };

export function cellOf(value: DuckDBValue): Cell {
  if (value === null || typeof value !== 'object') return value;
  if (value instanceof DuckDBTimestampValue || value instanceof DuckDBTimestampTZValue)
    return timestampText(value);
  if (value instanceof DuckDBListValue || value instanceof DuckDBArrayValue) return value.items.map(cellOf);
  if (value instanceof DuckDBStructValue)
    return Object.fromEntries(Object.entries(value.entries).map(([name, field]) => [name, cellOf(field)]));
  if (value instanceof DuckDBMapValue)
    return value.entries.map(({ key, value: mapped }) => ({ key: cellOf(key), value: cellOf(mapped) }));
  return String(value);
}

/** As in the lake: `yyyy-MM-dd HH:mm:ss.SSS` in UTC, cut to milliseconds. */
function timestampText(value: DuckDBTimestampValue | DuckDBTimestampTZValue): string {
  const milliseconds = Number((value.micros - (((value.micros % 1000n) + 1000n) % 1000n)) / 1000n);
  const date = new Date(milliseconds);
  const hasFourDigitYear = Math.abs(milliseconds) < 8e15 && /^\d{4}-/.test(date.toISOString());
  // Infinity, and years before 0 or after 9999.
  if (!hasFourDigitYear) return String(value);
  return date.toISOString().replace('T', ' ').replace('Z', '');
}
