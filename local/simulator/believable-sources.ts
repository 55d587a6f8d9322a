/** The integrations of a believable workspace, in list order: what a CRM team has after some years with Braze. */

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

export interface Source {
  readonly name: string;
  readonly type: string;
  readonly warehouse: string;
  /** Absent where nothing was ever synced. */
  readonly cadence?: Cadence;
  /** How its syncs end. @default 'usual' */
  readonly fate?: 'usual' | 'fails_for_a_day' | 'misconfigured';
  /** Files are synced as they arrive: nothing is scheduled, and there is no `UPDATED_AT` to report. */
  readonly isFileSource?: true;
  /** Stopped months ago. */
  readonly isPaused?: true;
}

/** All in milliseconds, but for `rows`. A sync ends before the next begins: Braze refuses a second one. */
export interface Cadence {
  readonly every: number;
  /** After a multiple of `every` since the epoch. */
  readonly offset: number;
  /** A sync starts so much late at most. */
  readonly late: number;
  readonly shortest: number;
  readonly longest: number;
  /** How far history reaches back. */
  readonly reach: number;
  /** A usual sync's rows. */
  readonly rows: number;
}

const scheduled = { late: 20 * second, shortest: 3 * minute, longest: 10 * minute };

export const sources: readonly Source[] = [
  {
    name: 'Snowflake · user attributes',
    type: 'user_attributes',
    warehouse: 'snowflake',
    cadence: { ...scheduled, every: 15 * minute, offset: 0, reach: 13 * day, rows: 4200 },
  },
  {
    name: 'Snowflake · purchases',
    type: 'purchases',
    warehouse: 'snowflake',
    // Half a period after the attributes, so that one of the two is nearly always running.
    cadence: { ...scheduled, every: 15 * minute, offset: 7.5 * minute, reach: 4 * day, rows: 650 },
  },
  {
    name: 'BigQuery · web events',
    type: 'custom_events',
    warehouse: 'bigquery',
    cadence: { ...scheduled, every: hour, offset: 5 * minute, reach: 21 * day, rows: 18_000 },
    fate: 'fails_for_a_day',
  },
  {
    name: 'Redshift · loyalty points',
    type: 'user_attributes',
    warehouse: 'redshift',
    cadence: { ...scheduled, every: 6 * hour, offset: 40 * minute, reach: 45 * day, rows: 9500 },
  },
  {
    name: 'Databricks · propensity scores',
    type: 'user_attributes',
    warehouse: 'databricks',
    cadence: { ...scheduled, every: day, offset: 4 * hour, reach: 365 * day, rows: 310_000 },
  },
  {
    name: 'Microsoft Fabric · store visits',
    type: 'custom_events',
    warehouse: 'fabric',
    cadence: { ...scheduled, every: day, offset: 6.5 * hour, reach: 90 * day, rows: 27_000 },
  },
  {
    name: 'S3 · newsletter sign-ups',
    type: 'user_attributes',
    warehouse: 's3',
    cadence: {
      every: 40 * second,
      offset: 0,
      late: 15 * second,
      shortest: 4 * second,
      longest: 20 * second,
      reach: 3 * hour,
      rows: 40,
    },
    isFileSource: true,
  },
  {
    name: 'Snowflake · product catalog',
    type: 'catalog',
    warehouse: 'snowflake',
    cadence: { ...scheduled, every: 7 * day, offset: 4 * day + 2 * hour, reach: 365 * day, rows: 52_000 },
  },
  {
    name: 'BigQuery · erasure requests',
    type: 'user_deletions',
    warehouse: 'bigquery',
    cadence: { ...scheduled, every: 7 * day, offset: 3 * day + 22 * hour, reach: 140 * day, rows: 120 },
  },
  {
    name: 'Databricks · consent flags',
    type: 'user_attributes',
    warehouse: 'databricks',
    cadence: { ...scheduled, every: day, offset: 1.25 * hour, reach: 25 * day, rows: 0 },
    fate: 'misconfigured',
  },
  {
    name: 'Redshift · legacy CRM export',
    type: 'user_attributes',
    warehouse: 'redshift',
    cadence: { ...scheduled, every: day, offset: 3 * hour, reach: 30 * day, rows: 88_000 },
    isPaused: true,
  },
  { name: 'S3 · survey answers', type: 'custom_events', warehouse: 's3', isFileSource: true },
];
