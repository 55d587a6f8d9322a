/** Incidents open with what is wrong, and end with it. */
import type { StandingFacts } from './facts.ts';
import { incidentId, type Notice, type OpenIncident, type OutboxEntry } from './incident.ts';
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
  /** Names of the places that are to be told. */
  readonly sinks: readonly string[];
}

/**
 * 1. What is wrong and was wrong before is the same incident, with the id that it has, though its beginning be found
 *    earlier now: told once.
 * 2. What is wrong now and was not is a new one. So nothing is raised that was over before anybody looked.
 * 3. What can't be known now stays as it was.
 * 4. All else is over. Only what was raised is resolved, and only where it was.
 * 5. A place that was not there when it was raised is told as soon as it is, while it is still open.
 *
 * A muted one is kept, and told of nowhere; it is raised when it is no longer muted, and still open. Of one that was
 * told before it was muted the end waits until then (`lambda/run/telling.ts`), as its beginning may.
 */
export function advance(input: AdvanceInput): { open: OpenIncident[]; entries: OutboxEntry[] } {
  const { facts, standing, isMuted, at, sinks } = input;
  const open: OpenIncident[] = [];
  const entries: OutboxEntry[] = [];
  const tell = (
    event: Notice['event'],
    { told: _, heardBy: _heardBy, ...incident }: OpenIncident,
    to: readonly string[],
    reason = incident.reason,
  ) => entries.push({ notice: { ...incident, event, at, reason: shortened(reason) }, sinks: to });

  for (const trouble of standing.troubles) {
    const known = facts.open.find((each) => isSame(each, trouble));
    const id = known?.id ?? incidentId(input.workspace, input.integrationId, trouble);
    const since = known?.since ?? trouble.since;
    const reason = shortened(trouble.reason);
    const wasTold = known?.told === true;
    const heardBy = wasTold ? (known.heardBy ?? sinks) : [];
    const others = isMuted ? [] : sinks.filter((name) => !heardBy.includes(name));
    const told = wasTold || !isMuted;
    const incident = { ...trouble, reason, id, since, told, heardBy: [...heardBy, ...others] };
    open.push(incident);
    if (others.length > 0 || (told && !wasTold)) tell('raised', incident, others);
  }
  for (const incident of facts.open) {
    if (open.some((each) => isSame(each, incident))) continue;
    if (standing.unknown.includes(incident.kind)) open.push(incident);
    else if (incident.told) tell('resolved', incident, incident.heardBy ?? sinks, endOf(standing));
  }
  return { open, entries };
}

function isSame(a: Pick<Trouble, 'kind' | 'trap'>, b: Pick<Trouble, 'kind' | 'trap'>): boolean {
  return a.kind === b.kind && a.trap === b.trap;
}

const shortened = (reason: string): string =>
  reason.length > mostReason ? `${reason.slice(0, mostReason - 1)}…` : reason;

function endOf({ state, reason }: AdvanceInput['standing']): string {
  return state === 'gone' || state === 'paused' ? reason : `It is over. ${reason}`;
}
