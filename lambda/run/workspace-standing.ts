/**
 * What is told of a workspace as a whole, and of integrations whose own records can't tell it. It stands in the
 * workspace's record, which is written with the lease:
 *
 * - Nobody could be read, since the key is refused or Braze does not answer: one incident, and not one an integration.
 * - An integration is held back, since its record or an object of it is damaged: its own outbox can't be written.
 */
import type { AlertPorts } from '../alerts/alert-ports.ts';
import type { Incidents, WorkspaceFacts } from '../checkpoint/workspace-facts.ts';
import type { Notice, OpenIncident, OutboxEntry } from '../standing/incident.ts';
import { advance } from '../standing/incidents.ts';
import { withEntries } from '../standing/outbox.ts';
import { passingMs } from '../standing/reading.ts';
import type { Standing } from '../standing/standing.ts';
import { answersAgain, noLongerKnown, notExported, notKnown, type Verdict } from '../standing/verdict.ts';
import { keptSince } from '../time/kept-since.ts';
import { heldBackNow } from './held-back.ts';
import type { IntegrationRun } from './integration-run.ts';

/**
 * Notices of one integration, or of the workspace: only one incident can be open of it, and a hundred integrations share
 * the record, of which DynamoDB takes 400 KB. There is room for a beginning, and for an end that each of three places
 * has still to hear.
 */
const mostWaiting = 4;

interface Context {
  readonly workspace: string;
  readonly facts: WorkspaceFacts;
  readonly alerts: AlertPorts | undefined;
}

interface Seen {
  readonly integrations: readonly IntegrationRun[];
  readonly standingOf: (integrationId: string) => Standing | undefined;
  /** Braze has answered something. */
  readonly isHeard: boolean;
  /** What was asked for then or later was asked for by this run, in milliseconds. */
  readonly askedFrom: number;
  readonly now: number;
}

export class WorkspaceStanding {
  readonly #context: Context;
  #denial: string | undefined;
  #unwritten: readonly Notice[] = [];
  #announced: readonly Notice[] = [];

  constructor(context: Context) {
    this.#context = context;
  }

  /** Nothing more can be read in this run, of nobody. @param why a sentence for a person. */
  deny(why: string): void {
    this.#denial = why;
  }

  get isDenied(): boolean {
    return this.#denial !== undefined;
  }

  /** To be called before the lease is renewed, that it is written with it. */
  judge(seen: Seen): void {
    const { facts } = this.#context;
    const { integrations, askedFrom, now } = seen;
    if (this.isDenied) facts.deniedSince = keptSince(facts.deniedSince, now);
    else if (seen.isHeard) facts.deniedSince = null;
    this.#advance(null, this.#verdict(seen), now);
    facts.heldBack = heldBackNow(integrations, facts.heldBack, { askedFrom, now });
    const byId = new Map(integrations.map((each) => [each.id, each]));
    for (const id of new Set([...facts.heldBack.keys(), ...facts.incidents.keys()]))
      if (id !== null) this.#advance(id, this.#verdictOf(id, byId.get(id), seen), now);
  }

  /** What is open of an integration beside what its own record says; null: of the workspace. */
  openOf(integrationId: string | null): readonly OpenIncident[] {
    return this.#context.facts.incidents.get(integrationId)?.open ?? [];
  }

  /** Of whom something waits to be told. */
  get waiting(): [string | null, Incidents][] {
    return [...this.#context.facts.incidents].filter(([, { outbox }]) => outbox.length > 0);
  }

  /** It is written when the lease is given back. */
  keepOutbox(integrationId: string | null, outbox: readonly OutboxEntry[]): void {
    this.#keep(integrationId, { open: this.openOf(integrationId), outbox });
  }

  /** Notices of this run that stand in the record. */
  get announced(): readonly Notice[] {
    return this.#announced;
  }

  /** The record was written as it is now. */
  written(): void {
    this.#announced = [...this.#announced, ...this.#unwritten];
    this.#unwritten = [];
  }

  #verdict({ isHeard, now }: Seen): Verdict {
    const { deniedSince } = this.#context.facts;
    if (this.#denial === undefined) return isHeard ? answersAgain : notKnown;
    if (deniedSince === null || now - deniedSince < passingMs) return notKnown;
    return notExported(deniedSince, this.#denial);
  }

  #verdictOf(id: string, integration: IntegrationRun | undefined, { standingOf, now }: Seen): Verdict {
    const since = this.#context.facts.heldBack.get(id);
    if (since === undefined) {
      const { state, reason } = standingOf(id) ?? noLongerKnown;
      return { state, reason, troubles: [], unknown: [] };
    }
    if (!integration?.isHeldBack || now - since < passingMs) return notKnown;
    const { standing, failure } = integration.published;
    // Its record has said so before it could not be written any more.
    if (standing.open.some(({ kind }) => kind === 'not_exported')) return notKnown;
    return notExported(since, failure ?? '');
  }

  #advance(integrationId: string | null, verdict: Verdict, at: number): void {
    const { workspace, alerts, facts } = this.#context;
    const { open: known = [], outbox = [] } = facts.incidents.get(integrationId) ?? {};
    const isMuted = integrationId !== null && alerts?.settings.muted.has(integrationId) === true;
    const { open, entries } = advance({
      workspace,
      integrationId,
      facts: { open: known },
      standing: verdict,
      at,
      isMuted,
      sinks: (alerts?.sinks ?? []).map(({ name }) => name),
    });
    this.#keep(integrationId, { open, outbox: withEntries(outbox, entries, mostWaiting) });
    this.#unwritten = [...this.#unwritten, ...entries.map(({ notice }) => notice)];
  }

  #keep(integrationId: string | null, kept: Incidents): void {
    const incidents = new Map(this.#context.facts.incidents);
    if (kept.open.length + kept.outbox.length > 0) incidents.set(integrationId, kept);
    else incidents.delete(integrationId);
    this.#context.facts.incidents = incidents;
  }
}
