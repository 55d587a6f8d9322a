/**
 * How each integration stands at the end of a run, and what is to be told of it.
 *
 * 1. While rows are committed, the facts of their integrations follow: `takeDay` in `kept-standing.ts`.
 * 2. Before the records are written for the last time: what the lake knows better is looked up there.
 * 3. Each is judged, by the moment at which its newest syncs were asked for.
 * 4. What has begun to be wrong, or ended, goes to the outbox in its record: written together with the facts that say
 *    so. A crash before that write, and the next run finds it out again, under the same id.
 * 5. The records are written, and then the object of the table.
 * 6. What stands in the outboxes is told: see `telling.ts`.
 */
import type { AlertPorts } from '../alerts/alert-ports.ts';
import type { IntegrationState } from '../checkpoint/integration-record.ts';
import type { WorkspaceFacts } from '../checkpoint/workspace-facts.ts';
import { type Instant, millisecondsOf } from '../rows/instant.ts';
import { continuations } from '../standing/continues.ts';
import { paceOf } from '../standing/expectation.ts';
import { newestOf, type StandingFacts, summaryOfAll } from '../standing/facts.ts';
import { gapAtRiskSince } from '../standing/gap-at-risk.ts';
import { advance } from '../standing/incidents.ts';
import { judge } from '../standing/judge.ts';
import type { JudgeInput, Listed } from '../standing/judge-input.ts';
import { isPaused, lookAtList } from '../standing/look-at-list.ts';
import { lookAtReading } from '../standing/reading.ts';
import { defaultSettings, type StandingSettings } from '../standing/settings.ts';
import type { Standing } from '../standing/standing.ts';
import { gapsOf, type History } from '../walk/history.ts';
import type { CommitPorts } from './commit.ts';
import type { Failures } from './failures.ts';
import type { IntegrationRun } from './integration-run.ts';
import type { IntegrationRuns } from './integration-runs.ts';
import { listedOf } from './listed.ts';
import { refreshFacts } from './standing-facts.ts';
import { WorkspaceStanding } from './workspace-standing.ts';

/** Looking things up in the lake may take so long after the last request; of a short run, a tenth. */
const mostLookupMs = 20_000;
const mostLookupShare = 0.1;

interface Context {
  readonly ports: Pick<CommitPorts, 'workspace' | 'objects' | 'receipt' | 'now'>;
  readonly integrations: IntegrationRuns;
  readonly failures: Failures;
  readonly alerts: AlertPorts | undefined;
  readonly facts: WorkspaceFacts;
  /** When the run began, and when its last request must have ended, in milliseconds. */
  readonly began: number;
  readonly deadline: number;
}

/** The list as it is known at the end of the run, and what of all this run has asked for. */
export interface ListedNow {
  /** Lines of the table `integrations`, by id. */
  readonly lines: ReadonlyMap<string, string>;
  /** Whom this run has seen listed. */
  readonly seen: { has(integrationId: string): boolean };
  /** Braze has answered something. */
  readonly isHeard: boolean;
  /** What was asked for then or later was asked for by this run, in milliseconds: by Braze's clock where ours is ahead. */
  readonly askedFrom: number;
  /** By how much our clock is behind Braze's, in milliseconds. */
  readonly behindMs: number;
}

export class Standings {
  readonly #context: Context;
  readonly #settings: StandingSettings;
  readonly ofWorkspace: WorkspaceStanding;
  readonly #standings = new Map<string, Standing>();
  /** Made from the lake in this run, though perhaps without a day that can't be read. */
  #fresh: ReadonlyMap<string, StandingFacts> = new Map();
  #listed: ReadonlyMap<string, Listed> = new Map();

  constructor(context: Context) {
    this.#context = context;
    const { facts, alerts, ports } = context;
    const { workspace } = ports;
    this.ofWorkspace = new WorkspaceStanding({ workspace, facts, alerts });
    const { refusedShare, lateGraceMs } = context.alerts?.settings ?? {};
    this.#settings = {
      refusedShare: refusedShare ?? defaultSettings.refusedShare,
      lateGraceMs: lateGraceMs ?? defaultSettings.lateGraceMs,
    };
  }

  /** A wrong id that was once named by hand: it was neither listed nor read, and nothing is said of it. */
  wasNeverThere({ integrationId, condition, history, standing }: IntegrationState): boolean {
    const wasRead = history.headAt !== null || newestOf(standing) !== undefined;
    return condition === 'gone' && !wasRead && !this.#listed.has(integrationId);
  }

  of(integrationId: string): Standing | undefined {
    return this.#standings.get(integrationId);
  }

  listedOf(integrationId: string): Listed | null {
    return this.#listed.get(integrationId) ?? null;
  }

  /** Steps 2 to 4. @throws {StoreFailure} */
  async judge(list: ListedNow): Promise<void> {
    const { integrations, ports } = this.#context;
    this.#listed = new Map([...list.lines].map(([id, line]) => [id, listedOf(line)]));
    await this.#lookUp();
    const now = ports.now();
    const readable = integrations.all.filter(({ isHeldBack }) => !isHeldBack);
    for (const each of readable) {
      each.standing.noteGap(now);
      if (!this.ofWorkspace.isDenied)
        each.standing.keep(lookAtReading(each.standing.facts, each.state.condition, now));
      this.#lookAtList(each, list);
    }
    const continued = this.#continuations();
    for (const each of integrations.all) {
      const judged = judge(this.#inputOf(each, continued.get(each.id) ?? null, list.askedFrom, now));
      const standing = this.wasNeverThere(each.state) ? { ...judged, troubles: [] } : judged;
      this.#standings.set(each.id, each.isHeldBack ? standing : this.#tell(each, standing, now));
    }
    const { isHeard, askedFrom } = list;
    const standingOf = (id: string) => this.of(id);
    this.ofWorkspace.judge({ integrations: integrations.all, standingOf, isHeard, askedFrom, now });
    this.#addHeldBack();
  }

  /** What the workspace's record says of an integration belongs to how it stands. */
  #addHeldBack(): void {
    for (const [id, standing] of this.#standings) {
      const open = this.ofWorkspace.openOf(id).map((incident) => incident.id);
      if (open.length > 0)
        this.#standings.set(id, { ...standing, incidents: [...standing.incidents, ...open] });
    }
  }

  async #lookUp(): Promise<void> {
    const { ports, integrations, failures, began, deadline } = this.#context;
    const { refusedShare } = this.#settings;
    const kept = integrations.all
      .filter((each) => !each.isHeldBack && (each.standing.facts.stale || !each.isGone))
      .map((each) => ({ id: each.id, facts: this.#trusted(each), oldest: oldestKnownOf(each) }));
    const now = ports.now();
    const lookupMs = Math.min(mostLookupMs, mostLookupShare * (deadline - began));
    const until = Number.isFinite(deadline) ? Math.max(now, deadline) + lookupMs : deadline;
    this.#fresh = await refreshFacts({ ...ports, failures, refusedShare }, kept, until);
    for (const [id, facts] of this.#fresh) integrations.byId.get(id)?.standing.keep(facts);
  }

  /**
   * Sums that were made with another share of refused rows are none any more. And when all of its history was read again,
   * which is once a month, they are made anew: a restored checkpoint may have brought back older ones.
   */
  #trusted({ standing }: IntegrationRun): StandingFacts {
    if (standing.isReadAgain) standing.markStale();
    const { facts } = standing;
    return facts.refusedShare === this.#settings.refusedShare ? facts : { ...facts, stale: true };
  }

  /**
   * A promise is held against what has started since, by Braze's clock: only where this run has asked for both. One that
   * is gone rests.
   */
  #lookAtList(each: IntegrationRun, { seen, askedFrom, behindMs }: ListedNow): void {
    const { standing, condition } = each.state;
    const readAt = each.newestReadAt;
    if (readAt === null) return;
    const isJustRead = readAt >= askedFrom && seen.has(each.id);
    if (!isJustRead && condition !== 'gone') return;
    const at = isJustRead ? readAt + behindMs : readAt;
    const listed = this.listedOf(each.id);
    each.standing.keep(lookAtList(standing, { listed, condition, at, settings: this.#settings }));
  }

  #continuations(): Map<string, string> {
    return continuations(
      this.#context.integrations.all.map((each) => {
        const { standing, condition } = each.state;
        const listed = this.listedOf(each.id);
        return {
          integrationId: each.id,
          name: listed?.name ?? null,
          type: listed?.type ?? null,
          hasEnded: condition === 'gone' || isPaused(listed),
          // Below a gap it may go on, for as long as the other one has.
          firstStart: each.state.history.stretches.at(-1)?.closed ? oldestOf(each) : null,
          lastStart: standing.recent.at(-1)?.start ?? null,
          usualMs: paceOf(standing.habit, summaryOfAll(standing).data)?.usualMs ?? null,
        };
      }),
    );
  }

  #inputOf(each: IntegrationRun, continues: string | null, askedFrom: number, now: number): JudgeInput {
    const { integrationId, standing, condition, failure, history, gapEdge } = each.published;
    const headAt = each.newestReadAt;
    return {
      integrationId,
      facts: standing,
      listed: this.listedOf(integrationId),
      condition,
      failure,
      isAllDenied: this.ofWorkspace.isDenied,
      headAt,
      isReadNow: headAt !== null && headAt >= askedFrom,
      coverage: {
        gaps: gapsOf(history),
        wholeFrom: wholeFrom(history),
        gapAtRiskSince: gapAtRiskSince(gapEdge, now),
      },
      continues,
      now,
      settings: this.#settings,
    };
  }

  /** Of what nothing certain is known, nothing is told. */
  #tell(each: IntegrationRun, standing: Standing, at: number): Standing {
    const { alerts, ports } = this.#context;
    const { standing: facts } = each.state;
    if (facts.stale && !this.#fresh.has(each.id)) return standing;
    const isMuted = alerts?.settings.muted.has(each.id) === true;
    const { workspace } = ports;
    const sinks = (alerts?.sinks ?? []).map(({ name }) => name);
    const input = { workspace, integrationId: each.id, facts, standing, at, isMuted, sinks };
    const { open, entries } = advance(input);
    each.standing.announce(open, entries);
    return { ...standing, incidents: open.map(({ id }) => id) };
  }
}

/** From when on its history has no gap, in milliseconds; null: from its beginning. */
function wholeFrom(history: History): number | null {
  if (gapsOf(history) === 0) return null;
  const newest = history.stretches[0];
  return newest ? millisecondsOf(newest.oldest) : Number.POSITIVE_INFINITY;
}

/** A history may begin anew where the lake goes further back, and a row may be in the lake before a stretch reaches it. */
function oldestKnownOf(each: IntegrationRun): number {
  const { facts, lakeFrom } = each.standing;
  const { recent, older, habit } = facts;
  const known = [oldestOf(each), lakeFrom, recent[0]?.start, older.data[0], older.to, habit?.from];
  return Math.min(...known.map((start) => start ?? Number.POSITIVE_INFINITY));
}

/** Start of the oldest sync in what is known of its history, in milliseconds. */
function oldestOf({ state }: IntegrationRun): number {
  const oldest: Instant | undefined = state.history.stretches.at(-1)?.oldest;
  return oldest === undefined ? Number.POSITIVE_INFINITY : millisecondsOf(oldest);
}
