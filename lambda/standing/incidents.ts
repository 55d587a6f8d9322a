/** Incidents open with what is wrong, and end with it. */
import type { StandingFacts } from './facts.ts';
import { incidentId, type Notice, type OpenIncident } from './incident.ts';
import type { Standing, Trouble } from './standing.ts';

/** It is kept in the record, and what Braze says may be in it. No sentence of ours is longer. */
export const mostReason = 500;

export interface AdvanceInput {
  readonly workspace: string;
  /** Null: it is of the workspace as a whole. */
  readonly integrationId: string | null;
  readonly facts: Pick<StandingFacts, 'open'>;
  readonly standing: Pick<Standing, 'state' | 'reason' | 'troubles' | 'unknown'>;
  /** When it is told, in milliseconds. */
  readonly at: number;
  readonly isMuted: boolean;
}

/**
 * 1. What is wrong and was wrong before is the same incident, with the id that it has, though its beginning be found
 *    earlier now: told once.
 * 2. What is wrong now and was not is a new one. So nothing is raised that was over before anybody looked.
 * 3. What can't be known now stays as it was.
 * 4. All else is over. Only what was raised is resolved.
 *
 * A muted one is kept, and told of nowhere; it is raised when it is no longer muted, and still open.
 */
export function advance(input: AdvanceInput): { open: OpenIncident[]; notices: Notice[] } {
  const { facts, standing, isMuted, at } = input;
  const open: OpenIncident[] = [];
  const notices: Notice[] = [];
  const tell = (event: Notice['event'], { told: _, ...incident }: OpenIncident, reason = incident.reason) =>
    notices.push({ ...incident, event, at, reason: shortened(reason) });

  for (const trouble of standing.troubles) {
    const known = facts.open.find((each) => isSame(each, trouble));
    const id = known?.id ?? incidentId(input.workspace, input.integrationId, trouble);
    const since = known?.since ?? trouble.since;
    const reason = shortened(trouble.reason);
    const incident = { ...trouble, reason, id, since, told: known?.told === true || !isMuted };
    open.push(incident);
    if (incident.told && known?.told !== true) tell('raised', incident);
  }
  for (const incident of facts.open) {
    if (open.some((each) => isSame(each, incident))) continue;
    if (standing.unknown.includes(incident.kind)) open.push(incident);
    else if (incident.told && !isMuted) tell('resolved', incident, endOf(standing));
  }
  return { open, notices };
}

function isSame(a: Pick<Trouble, 'kind' | 'trap'>, b: Pick<Trouble, 'kind' | 'trap'>): boolean {
  return a.kind === b.kind && a.trap === b.trap;
}

const shortened = (reason: string): string =>
  reason.length > mostReason ? `${reason.slice(0, mostReason - 1)}…` : reason;

function endOf({ state, reason }: AdvanceInput['standing']): string {
  return state === 'gone' || state === 'paused' ? reason : `It is over. ${reason}`;
}
