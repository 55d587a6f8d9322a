/**
 * The dialect in which the views are handed to sqlglot: Trino's, and where engines differ in more than their spelling a
 * call by a name of ours, which local/warehouses/translate.py puts into each warehouse's own words.
 */
import { type Dialect, trino } from '../dialect.ts';

export const namedCalls: Dialect = {
  ...trino,
  now: 'lake_now()',
  daysAgo: (days) => `lake_days_ago(${days})`,
  day: (time) => `lake_day(${time})`,
  minute: (time) => `lake_minute(${time})`,
  plusDays: (date, days) => `lake_plus_days(${date}, ${days})`,
  numbers: (first, last) => `lake_numbers(${first}, ${last})`,
  ascending: (array) => `lake_ascending(${array})`,
  element: (array, position) => `lake_element(${array}, ${position})`,
  listed: (array) => `lake_listed(${array})`,
};
