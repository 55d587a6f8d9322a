/** Incidents open with what is wrong, and end with it. */
import type { StandingFacts } from './facts.ts';
import type { Notice, OpenIncident } from './incident.ts';
import type { Standing } from './standing.ts';

export interface AdvanceInput {
  readonly workspace: string;
  readonly integrationId: string;
  readonly facts: StandingFacts;
  readonly standing: Standing;
  /** When it is told, in milliseconds. */
  readonly at: number;
  readonly isMuted: boolean;
}

export function advance(_input: AdvanceInput): { open: OpenIncident[]; notices: Notice[] } {
  throw new Error('Not written yet.');
}
