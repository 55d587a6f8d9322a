/** From the facts, the list and the coverage to how an integration stands. */
import type { StandingFacts } from './facts.ts';
import type { StandingSettings } from './settings.ts';
import type { Standing } from './standing.ts';

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
  readonly facts: StandingFacts;
  /** Null: no list was read, since it was named by hand. */
  readonly listed: Listed | null;
  readonly condition: 'present' | 'failing' | 'gone';
  /** Why it could not be read; a sentence. */
  readonly failure: string | null;
  /** When its newest syncs were last asked for, in milliseconds; null: never. */
  readonly headAt: number | null;
  readonly coverage: {
    readonly gaps: number;
    /** Since when a stretch not read yet has been near the end of what the source keeps; null: none is. */
    readonly gapAtRiskSince: number | null;
  };
  /** Id of the integration that it goes on from: see `continues.ts`. */
  readonly continues: string | null;
  readonly now: number;
  readonly settings: StandingSettings;
}

export function judge(_input: JudgeInput): Standing {
  throw new Error('Not written yet.');
}
