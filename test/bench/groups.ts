/** What can be measured, in the order in which it is. Each is loaded when its turn comes: help needs none of it. */
import type { Measure } from './measure.ts';

export interface Group {
  readonly name: string;
  /** What it is, for a person. */
  readonly said: string;
  /** It takes many minutes: measured only where it is named. */
  readonly isLong?: true;
  readonly measures: () => Promise<Measure[]>;
}

/** What is told as a table of a document, without goals. Only where it is named. */
export interface TableGroup {
  readonly name: string;
  readonly said: string;
  readonly isLong: true;
  readonly table: () => Promise<string>;
}

export const groups: readonly (Group | TableGroup)[] = [
  {
    name: 'start-up',
    said: 'what the program needs to begin',
    measures: async () => (await import('./start-measures.ts')).startUp(),
  },
  {
    name: 'steady',
    said: 'requests of a steady run',
    measures: async () => (await import('./request-measures.ts')).steady(),
  },
  {
    name: 'backfill',
    said: 'a year of one integration',
    measures: async () => (await import('./request-measures.ts')).backfill(),
  },
  {
    name: 'limit',
    said: 'how much of the limit is used',
    measures: async () => (await import('./request-measures.ts')).shareOfLimit(),
  },
  {
    name: 'second-looks',
    said: 'what second looks add in a month',
    measures: async () => (await import('./second-look-measures.ts')).secondLooks(),
  },
  {
    name: 'nearly-sorted',
    said: 'a list in which a few rows are out of place',
    measures: async () => (await import('./nearly-sorted-measures.ts')).nearlySorted(),
  },
  {
    name: 'open',
    said: 'an integration with 800 open syncs',
    measures: async () => (await import('./open-syncs-measures.ts')).manyOpen(),
  },
  {
    name: 'outage',
    said: 'an outage with 100 integrations',
    measures: async () => (await import('./outage-measures.ts')).outages(),
  },
  {
    name: 'kill',
    said: 'a backfill that is killed half-way',
    measures: async () => (await import('./kill-measures.ts')).killed(),
  },
  {
    name: 'many',
    said: '7,000 integrations',
    measures: async () => (await import('./many-integrations-measures.ts')).sevenThousand(),
  },
  {
    name: 'large-day',
    said: 'a day of 50,000 syncs',
    measures: async () => (await import('./large-day-measures.ts')).largeDay(),
  },
  {
    name: 'speed',
    said: 'rows a second',
    measures: async () => (await import('./request-measures.ts')).throughput(),
  },
  {
    name: 'memory',
    said: 'memory of the real command: one integration with much, and 1,000 with little',
    measures: async () => (await import('./memory-measures.ts')).memory(),
  },
  {
    name: 'deployed',
    said: 'what is deployed, against the local AWS',
    measures: async () => (await import('./deployed-measures.ts')).deployed(),
  },
  {
    name: 'query-trino',
    said: 'listings, reads and bytes of each view over a year on Trino, and a wall of charts in USD',
    measures: async () => (await import('./trino-measures.ts')).questionsOnTrino(),
  },
  {
    name: 'layouts',
    said: 'what a question reads where a page or a run is a file, on Trino',
    measures: async () => (await import('./layout-measures.ts')).layouts(),
  },
  {
    name: 'findings',
    said: 'false findings a week for a fleet of 40, of freshness and volume_anomalies, as they are and were',
    isLong: true,
    measures: async () => (await import('./findings-measures.ts')).findings(),
  },
  {
    name: 'query-sizes',
    said: 'each view on DuckDB at three sizes, up to 21 million syncs; only where it is named',
    isLong: true,
    measures: async () => (await import('./question-measures.ts')).questions(),
  },
  {
    name: 'costs-small',
    said: 'docs/query-costs.md: each view at 20 × 15 min × 1 year, DuckDB and Trino',
    isLong: true,
    table: async () => (await import('./cost-table.ts')).costTable('small'),
  },
  {
    name: 'costs-old',
    said: 'docs/query-costs.md: each view at 50 × 15 min × 5 years, DuckDB and Trino',
    isLong: true,
    table: async () => (await import('./cost-table.ts')).costTable('old'),
  },
  {
    name: 'costs-large',
    said: 'docs/query-costs.md: each view at 200 × 5 min × 1 year, DuckDB and Trino',
    isLong: true,
    table: async () => (await import('./cost-table.ts')).costTable('large'),
  },
];
