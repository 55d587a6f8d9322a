/** Something that was wrong for a while, and what is told of it. */
import { createHash } from 'node:crypto';
import type { IncidentKind, Trap, Trouble } from './standing.ts';

/** One that has not ended. */
export interface OpenIncident extends Trouble {
  readonly id: string;
  /** Somebody was told, or is about to be; false: it is muted, and so is its end. */
  readonly told: boolean;
  /** Names of the sinks that were told, or are about to be; undefined: all, in a record of an earlier version. */
  readonly heardBy?: readonly string[] | undefined;
}

export interface Notice {
  readonly id: string;
  readonly event: 'raised' | 'resolved';
  readonly kind: IncidentKind;
  readonly trap: Trap | null;
  readonly since: number;
  readonly at: number;
  /** A sentence for a person. */
  readonly reason: string;
}

/** A notice that has not arrived everywhere, with the names of the sinks that still want it. */
export interface OutboxEntry {
  readonly notice: Notice;
  readonly sinks: readonly string[];
}

/** The same for whoever finds the incident again. */
export function incidentId(
  workspace: string,
  integrationId: string | null,
  { kind, trap, since }: Pick<Trouble, 'kind' | 'trap' | 'since'>,
): string {
  const what = JSON.stringify([workspace, integrationId, kind, trap, new Date(since).toISOString()]);
  return createHash('sha256').update(what).digest('hex').slice(0, 32);
}
