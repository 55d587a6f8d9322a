/**
 * The few places where Trino (Athena's engine) and DuckDB (`npm run query`) spell the same thing differently.
 * Whatever is not here means the same in both; `test/sql` asks both and compares.
 */
export interface Dialect {
  readonly name: 'trino' | 'duckdb';
  /** The current time in UTC, as a timestamp without a zone, to the millisecond like all times of the lake. */
  readonly now: string;
  /** The UTC day of so many days ago, as in `dt`. */
  daysAgo(days: number): string;
  /** `2026-11-05`, as in `dt`. */
  day(time: string): string;
  /** What the clock on the wall of a zone shows at a time in UTC; `zone` is a text, quoted. */
  local(time: string, zone: string): string;
  /** `2026-11-05 14:30` */
  minute(time: string): string;
  plusMilliseconds(time: string, milliseconds: string): string;
  plusDays(date: string, days: string): string;
  /** From the first to the last, as an array. */
  numbers(first: string, last: string): string;
  /** The members of an array, the smallest first. */
  ascending(array: string): string;
  /** Of an array, counted from 1; null past its end. */
  element(array: string, position: string): string;
  /** The members of an array of texts, sorted, with a comma between them. */
  listed(array: string): string;
  /** The names of a JSON object's fields, as an array. */
  jsonFields(json: string): string;
}

export const trino: Dialect = {
  name: 'trino',
  // Athena's sessions are in UTC.
  now: 'localtimestamp',
  daysAgo: (days) => `CAST(current_date - INTERVAL '${days}' DAY AS varchar)`,
  day: (time) => `date_format(${time}, '%Y-%m-%d')`,
  local: (time, zone) => `CAST(with_timezone(${time}, 'UTC') AT TIME ZONE ${zone} AS timestamp(3))`,
  minute: (time) => `date_format(${time}, '%Y-%m-%d %H:%i')`,
  // date_add counts milliseconds in 32 bits, which are over after 24 days.
  plusMilliseconds: (time, milliseconds) => `${time} + ${milliseconds} * INTERVAL '0.001' SECOND`,
  plusDays: (date, days) => `date_add('day', ${days}, ${date})`,
  numbers: (first, last) => `sequence(${first}, ${last})`,
  ascending: (array) => `array_sort(${array})`,
  element: (array, position) => `element_at(${array}, ${position})`,
  listed: (array) => `array_join(array_sort(${array}), ', ')`,
  jsonFields: (json) => `map_keys(TRY_CAST(try(json_parse(${json})) AS map(varchar, json)))`,
};

export const duckdb: Dialect = {
  name: 'duckdb',
  now: "date_trunc('millisecond', now() AT TIME ZONE 'UTC')",
  // Whatever the zone of the session: the views are handed on in files.
  daysAgo: (days) => `CAST(CAST(now() AT TIME ZONE 'UTC' AS date) - ${days} AS varchar)`,
  day: (time) => `strftime(${time}, '%Y-%m-%d')`,
  local: (time, zone) => `${time} AT TIME ZONE 'UTC' AT TIME ZONE ${zone}`,
  minute: (time) => `strftime(${time}, '%Y-%m-%d %H:%M')`,
  plusMilliseconds: (time, milliseconds) => `${time} + to_milliseconds(${milliseconds})`,
  plusDays: (date, days) => `${date} + CAST(${days} AS integer)`,
  numbers: (first, last) => `generate_series(${first}, ${last})`,
  ascending: (array) => `list_sort(${array})`,
  element: (array, position) => `list_extract(${array}, ${position})`,
  listed: (array) => `array_to_string(list_sort(${array}), ', ')`,
  jsonFields: (json) => `json_keys(${json})`,
};

/** The dialect with a clock that stands still, so that an answer can be compared. */
export function at(dialect: Dialect, time: string): Dialect {
  const midnight = Date.parse(`${time.slice(0, 10)}T00:00:00Z`);
  return {
    ...dialect,
    now: `TIMESTAMP '${time}'`,
    daysAgo: (days) => `'${new Date(midnight - days * 86_400_000).toISOString().slice(0, 10)}'`,
  };
}
