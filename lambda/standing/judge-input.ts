/** What an integration is judged by. */
import type { Pace } from './expectation.ts';
import type { StandingFacts } from './facts.ts';
import type { Lateness } from './lateness.ts';
import type { StandingSettings } from './settings.ts';
import type { Trouble } from './standing.ts';
import type { Stuck } from './stuck.ts';
import type { Summary } from './summary.ts';

/** An integration's row in the list. Its words are as Braze gave them. */
export interface Listed {
  readonly name: string | null;
  readonly type: string | null;
  readonly status: string | null;
  /** In milliseconds. */
  readonly nextScheduledRun: number | null;
  /** False: it was listed once, and is no longer. */
  readonly listed: boolean;
}

export interface JudgeInput {
  readonly integrationId: string;
  /** After `lookAtList`, where the list was read. */
  readonly facts: StandingFacts;
  /** Null: no list was read, since it was named by hand. */
  readonly listed: Listed | null;
  readonly condition: 'present' | 'failing' | 'gone';
  /** Why it could not be read; a sentence. */
  readonly failure: string | null;
  /** In this run nobody could be read: that is the workspace's own matter, and told once. */
  readonly isAllDenied: boolean;
  /** When its newest syncs were last asked for, in milliseconds; null: never. */
  readonly headAt: number | null;
  /** That was by the run that judges: however long it has taken since, and however wrong its clock is, it can tell. */
  readonly isReadNow: boolean;
  readonly coverage: {
    readonly gaps: number;
    /** From when on no stretch is missing, in milliseconds; null: from its beginning. */
    readonly wholeFrom: number | null;
    /** Since when a stretch not read yet has been near the end of what the source keeps; null: none is. */
    readonly gapAtRiskSince: number | null;
  };
  /** Id of the integration that it goes on from: see `continues.ts`. */
  readonly continues: string | null;
  readonly now: number;
  readonly settings: StandingSettings;
}

/** What is known when the state is chosen. */
export interface Judged {
  readonly input: JudgeInput;
  readonly summary: Summary;
  readonly pace: Pace | null;
  readonly lateness: Lateness | null;
  readonly stuck: Stuck | null;
  readonly troubles: readonly Trouble[];
  readonly asOf: number;
}
