/** What the source has now, held against the days of a workspace. */
import type { Findings } from './findings.ts';
import type { Seconds } from './lake/day.ts';
import type { IntegrationLine } from './lake/one-line-each.ts';
import type { Quarantine } from './lake/quarantine.ts';

export interface Told {
  readonly coverage: ReadonlyMap<string, IntegrationLine>;
  readonly integrations: ReadonlyMap<string, IntegrationLine>;
}

export interface SourceComparison {
  /** Reads the source, before the days: what the lake has to have by then is told already. */
  read(told: Told): Promise<void>;
  compareDay(day: string, key: string, seconds: Seconds): void;
  conclude(ports: {
    readonly name: string;
    readonly findings: Findings;
    readonly quarantine: Quarantine;
  }): Promise<void>;
}
