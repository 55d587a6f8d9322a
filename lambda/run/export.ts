/** The reading of a run, from what earlier runs have kept to what is kept of it. */

import type { IntegrationState } from '../checkpoint/integration-record.ts';
import type { RateLimiters } from '../checkpoint/lease.ts';
import type { WorkspaceFacts } from '../checkpoint/workspace-facts.ts';
import { OutOfTime } from '../errors/out-of-time.ts';
import { Outage } from '../errors/outage.ts';
import type { IntegrationRow } from '../rows/integration-row.ts';
import { ChangeLog } from './change-log.ts';
import type { Failures } from './failures.ts';
import { heldBackNow, keepHeldBack } from './held-back.ts';
import { HeldFailures } from './held-failures.ts';
import { IntegrationRuns } from './integration-runs.ts';
import { linkMissing, withoutLinks } from './link-evidence.ts';
import { ListReader } from './list-reader.ts';
import { rebuildMonths } from './month-rebuild.ts';
import { MonthsBehind } from './months-behind.ts';
import type { Receipt } from './receipt.ts';
import type { Requester } from './requester.ts';
import type { RunOptions, RunPorts } from './run-options.ts';
import { Sending } from './sending.ts';
import { Standings } from './standings.ts';
import { Taking } from './taking.ts';
import { tell } from './telling.ts';
import { Uncommitted } from './uncommitted.ts';
import { historyFault, Placings, runFault } from './unplaced.ts';
import { WorkspaceIdentity } from './workspace-identity.ts';
import { WorkspaceObjects } from './workspace-objects.ts';

/** Making months anew may take so long after the last request; of a short run, a tenth. */
const mostRebuildMs = 10_000;
const mostRebuildShare = 0.1;

interface Context {
  readonly requester: Requester;
  readonly renewLease: () => Promise<void>;
  readonly keepLease: () => Promise<void>;
  readonly limiters: RateLimiters;
  readonly facts: WorkspaceFacts;
  readonly receipt: Receipt;
  readonly failures: Failures;
  /** When the run began, in milliseconds. */
  readonly began: number;
  /** What the runs before have left in the lake may be more than their records tell. */
  readonly isLakeAhead: boolean;
}

export class Export {
  readonly #options: RunOptions;
  readonly #ports: RunPorts;
  readonly #context: Context;
  readonly #integrations: IntegrationRuns;
  readonly #identity: WorkspaceIdentity;
  /** Undefined where the integrations are named by hand. */
  readonly #list: ListReader | undefined;
  readonly #uncommitted: Uncommitted;
  readonly #objects: WorkspaceObjects;
  readonly #held: HeldFailures;
  readonly #standings: Standings;
  readonly #monthsBehind: MonthsBehind;
  readonly #placings = new Placings();
  #loaded = false;

  constructor(options: RunOptions, ports: RunPorts, context: Context) {
    this.#options = options;
    this.#ports = ports;
    this.#context = context;
    const { alerts } = ports;
    const { heldBack: heldBefore } = context.facts;
    this.#integrations = new IntegrationRuns({
      recheck: options.recheck,
      isLakeAhead: (id) => context.isLakeAhead || heldBefore.has(id),
      tellsFinished: alerts?.finished !== undefined,
    });
    const { requester, renewLease, keepLease, receipt, failures, facts, began } = context;
    const { workspace, source: host = null } = options;
    const isByHand = options.integrations !== undefined;
    this.#identity = new WorkspaceIdentity(facts, { workspace, host, isByHand });
    const recognise = async (rows: readonly IntegrationRow[]): Promise<void> => {
      if (this.#identity.meet(rows)) await renewLease();
    };
    const list = { requester, integrations: this.#integrations, failures, recognise };
    this.#list = isByHand ? undefined : new ListReader(list, facts.listReading, began);
    const { objects, checkpoints, clock, report } = ports;
    const leased = { renewLease: () => this.#renewLease(), keepLease };
    const now = () => clock.now();
    const stores = { workspace, objects, checkpoints, ...leased, receipt, now, report };
    this.#monthsBehind = new MonthsBehind({ facts, writeFacts: leased.renewLease, now });
    const commitPorts = { ...stores, monthsBehind: this.#monthsBehind };
    this.#uncommitted = new Uncommitted(commitPorts, this.#integrations, failures, options.limits.status);
    const changes = new ChangeLog(stores, facts, context.isLakeAhead);
    this.#objects = new WorkspaceObjects(stores, failures, changes);
    this.#held = new HeldFailures(failures);
    this.#standings = new Standings({
      ports: stores,
      integrations: this.#integrations,
      failures,
      alerts,
      facts,
      began,
      deadline: options.deadline ?? Number.POSITIVE_INFINITY,
    });
  }

  /** Loads what earlier runs have kept. @throws {StoreFailure} @throws {ForeignSource} @throws {LostRace} */
  async load(): Promise<void> {
    const { failures, renewLease } = this.#context;
    const records = await this.#ports.checkpoints.list(this.#options.workspace);
    for (const damage of this.#integrations.load(records)) failures.addContained(damage);
    this.#loaded = true;
    if (this.#monthsBehind.isUnknown) this.#monthsBehind.begin(await this.#objects.hasCoverage());
    // Asked for only while no run has seen a source.
    const inLake: ReadonlySet<string> = this.#identity.isNew ? await this.#objects.appGroupIds() : new Set();
    if (this.#identity.begin(inLake)) await renewLease();
  }

  /**
   * What is known is read while the list is: it may take longer than the run. Whom the list names joins in.
   *
   * 1. {@link Sending} asks for a few pages side by side.
   * 2. {@link Taking} takes the answers one after the other, each with all its effects.
   * 3. Between two of them what was read is committed, where {@link Uncommitted} says that it is due. Requests stay
   *    under way meanwhile; their answers wait until the commit has ended.
   * 4. An error ends the reading when all that was sent has come back and was taken: it was paid for. What still
   *    waits is not sent.
   *
   * @throws {OutOfTime} @throws {Denied} @throws {Outage} @throws {ForeignSource} @throws {LostRace} @throws {Damaged} @throws {StoreFailure}
   */
  async read(): Promise<void> {
    const { integrations: named, signal } = this.#options;
    const { requester } = this.#context;
    if (named) this.#integrations.takeNamed(named);
    else this.#integrations.takeKnown();
    this.#ports.report({ kind: 'listed', integrations: this.#integrations.due.length });
    const { sending, taking } = this.#begin();
    try {
      await this.#readPages(sending, taking);
      this.#held.failRefused();
      const outage = await requester.outage();
      if (outage) throw outage;
    } catch (error) {
      requester.stop();
      await taking.takeRest();
      const { silence } = requester;
      if (error instanceof OutOfTime && silence && !signal?.aborted) throw silence;
      if (!(error instanceof Outage)) this.#held.failUnanswered();
      // What ends the reading for all is told of all.
      if (error instanceof OutOfTime) this.#held.failRefused();
      throw error;
    }
    this.#held.failUnanswered();
  }

  /**
   * 1. Judge who is still there, and who has failed after all. The list of integrations is kept.
   * 2. Commit what is left, and with it how each integration stands: see {@link Standings}.
   * 3. Say how complete it all is, and how it stands.
   *
   * @throws as {@link read}
   */
  async finish(): Promise<void> {
    const list = this.#list;
    this.#conclude();
    const present = new Set(this.#integrations.present.map(({ id }) => id));
    const lines = await this.#objects.writeIntegrations(list, present);
    const isHeard = this.#context.receipt.pages > 0 || list?.hasSpoken === true;
    const { facts, requester } = this.#context;
    const { askedFrom, behindMs } = requester;
    const listed = { lines, seen: list?.rows ?? new Map(), isHeard, askedFrom, behindMs };
    await this.#uncommitted.commit(() => this.#standings.judge(listed));
    if (list) facts.listReading = list.left;
    const held = heldBackNow(this.#integrations.all, facts.heldBack, {
      askedFrom,
      now: this.#ports.clock.now(),
    });
    keepHeldBack(facts, held, this.#context.isLakeAhead && list?.isWhole === false);
    const told = this.#integrations.all.filter(({ state }) => !this.#standings.wasNeverThere(state));
    await this.#objects.writeCoverage(told.map((each) => each.published));
    await this.#objects.writeStanding(told.flatMap(({ id }) => this.#standings.of(id) ?? []));
    this.#tellHidden();
  }

  /**
   * What an earlier run, or version, has left behind, see {@link rebuildMonths}: when all of the above was kept, and as the
   * last thing, for it may take long.
   */
  async rebuildMonths(): Promise<void> {
    const { workspace, deadline = Number.POSITIVE_INFINITY } = this.#options;
    const { objects, clock } = this.#ports;
    const { receipt, failures, began, renewLease } = this.#context;
    const now = () => clock.now();
    const more = Math.min(mostRebuildMs, mostRebuildShare * (deadline - began));
    const until = Number.isFinite(deadline) ? Math.max(now(), deadline) + more : deadline;
    const monthsBehind = this.#monthsBehind;
    await rebuildMonths({ workspace, objects, receipt, monthsBehind, failures, now, renewLease }, until);
  }

  /** Tells what is to be told: when all of the above was kept. */
  async tell(): Promise<void> {
    const { objects, checkpoints, clock, alerts, report } = this.#ports;
    const { workspace } = this.#options;
    const { receipt, began } = this.#context;
    const ports = { workspace, objects, checkpoints, receipt, now: () => clock.now() };
    await tell({
      ports,
      integrations: this.#integrations,
      standings: this.#standings,
      alerts,
      report,
      began,
    });
  }

  /** Nothing of this run's reading could be kept: coverage goes back to what was kept before, and says why. */
  async failWhole(message: string): Promise<void> {
    this.#context.failures.add(message);
    const kept = this.#integrations.keptWith(message);
    for (const integration of this.#integrations.due) integration.fail(message);
    // Without the records there is nothing to say, and what coverage said before stays.
    if (!this.#loaded) return;
    try {
      const listed = await this.#objects.listed();
      const wasNeverThere = (state: IntegrationState) =>
        listed?.has(state.integrationId) === false && this.#standings.wasNeverThere(state);
      await this.#objects.writeCoverage(kept.filter((state) => !wasNeverThere(state)));
    } catch {
      // Said already: the store does not do what it is asked.
    }
  }

  /** None of the integrations can be exported. */
  denyAll(message: string): void {
    this.#standings.ofWorkspace.deny(message);
    this.#integrations.denyAll(message);
  }

  get isComplete(): boolean {
    const isListed = !this.#list || this.#list.isWhole;
    return isListed && this.#integrations.isComplete && this.#monthsBehind.due.length === 0;
  }

  /** Fills in the receipt what holds at the end. */
  count(): void {
    const { receipt } = this.#context;
    this.#integrations.count(receipt);
    for (const { event } of this.#standings.ofWorkspace.announced) receipt.incidents[event] += 1;
  }

  /** What is told of the workspace is written with it. @throws {LostRace} */
  async #renewLease(): Promise<void> {
    await this.#context.renewLease();
    this.#standings.ofWorkspace.written();
  }

  #tellHidden(): void {
    const { firstDay } = this.#options;
    const oldest = this.#integrations.oldestDay;
    if (firstDay !== undefined && oldest !== undefined && oldest < firstDay)
      this.#ports.report({ kind: 'hidden', oldest, firstDay });
  }

  #begin(): { readonly sending: Sending; readonly taking: Taking } {
    const { requester, limiters, failures, receipt } = this.#context;
    const shared = { integrations: this.#integrations, list: this.#list, held: this.#held };
    const sending = new Sending(this.#options, this.#ports, { ...shared, requester, limiters });
    const { report } = this.#ports;
    const kept = { uncommitted: this.#uncommitted, placings: this.#placings };
    return { sending, taking: new Taking({ ...shared, ...kept, sending, failures, receipt, report }) };
  }

  /** @throws as {@link read} */
  async #readPages(sending: Sending, taking: Taking): Promise<void> {
    const uncommitted = this.#uncommitted;
    for (;;) {
      sending.send();
      const isLast = sending.isIdle;
      if (!isLast) await taking.take(await sending.take());
      // The last commit may show that something held to be whole is not: then there is more to read.
      if (uncommitted.isDue || (isLast && !uncommitted.isEmpty)) await uncommitted.commit();
      else if (isLast) break;
    }
    const { outOfTime } = sending;
    if (outOfTime) throw outOfTime;
  }

  #conclude(): void {
    const { failures } = this.#context;
    const { due } = this.#integrations;
    this.#list?.conclude();
    for (const integration of due) {
      const doubt = integration.conclude();
      if (doubt !== undefined) failures.addOf(integration, doubt);
      const fault = historyFault(this.#placings.of(integration.id));
      if (fault !== undefined && !integration.isOver) failures.fail(integration, fault);
    }
    for (const integration of withoutLinks(due)) failures.fail(integration, linkMissing);
    const fault = runFault(this.#placings.all);
    if (fault !== undefined) failures.addOnce(fault);
  }
}
