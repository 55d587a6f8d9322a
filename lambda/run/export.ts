/** What a run reads, in which order, and when it commits. */

import type { RateLimiters } from '../checkpoint/lease.ts';
import type { WorkspaceFacts } from '../checkpoint/workspace-facts.ts';
import { BrokenHistory } from '../errors/broken-history.ts';
import { Denied } from '../errors/denied.ts';
import { ExporterError } from '../errors/exporter-error.ts';
import { OutOfTime } from '../errors/out-of-time.ts';
import { Outage } from '../errors/outage.ts';
import { PutAside } from '../errors/put-aside.ts';
import { Refused } from '../errors/refused.ts';
import { Unanswered } from '../errors/unanswered.ts';
import { coverageBody } from '../lake/coverage.ts';
import { appGroupIdsIn, joinIntegrations } from '../lake/integrations.ts';
import type { IntegrationRow } from '../rows/integration-row.ts';
import { coverageKey, integrationsKey } from '../schema/keys.ts';
import { commit, update } from './commit.ts';
import { isContained } from './containment.ts';
import type { Effects, IntegrationRun } from './integration-run.ts';
import { IntegrationRuns } from './integration-runs.ts';
import { KeyDoubt } from './key-doubt.ts';
import { linkMissing, withoutLinks } from './link-evidence.ts';
import { ListReader } from './list-reader.ts';
import { PageQueue } from './page-queue.ts';
import type { Receipt } from './receipt.ts';
import { type AnsweredPage, requestPage } from './request-page.ts';
import type { Answer, Requester } from './requester.ts';
import { type Arrival, RequestsUnderWay } from './requests-under-way.ts';
import type { RunOptions, RunPorts } from './run-options.ts';
import { historyFault, Placings, runFault } from './unplaced.ts';
import { WorkspaceIdentity } from './workspace-identity.ts';
import { WriteBuffer } from './write-buffer.ts';

/** Rows held at the most before a commit: some twenty megabytes. */
const maxBufferedRows = 20_000;
/**
 * So long after the first answer that is not committed, and after as many as the limit allows in a minute: a crash
 * costs no more of it, and what is under way. Each commit writes the days again in which the one before has ended, so
 * that a backfill of one integration writes 1.1 objects a day of history, and one of many that share their days writes
 * each day as often as it takes minutes to read.
 */
const maxUncommittedMs = 60_000;

/**
 * Integrations that are read side by side, one request each, when Braze has answered for the first one. So many use
 * up a limit of 100 in half a minute where an answer takes 2.5 s, and the last window of a run as well.
 */
const maxUnderWay = 12;
/** As many while it is in doubt whether the key is good: if it isn't, all of them are in vain. */
const maxUnderWayInDoubt = 3;

interface Context {
  readonly requester: Requester;
  readonly renewLease: () => Promise<void>;
  readonly limiters: RateLimiters;
  readonly facts: WorkspaceFacts;
  readonly receipt: Receipt;
  readonly failures: string[];
  readonly began: number;
}

/**
 * How pages are read:
 *
 * 1. The first request of a run goes alone, the list's, and then the first for an integration: what they are told
 *    about the key, or by nobody, is told once. From that answer on, a few integrations are read side by side, one
 *    request each, and the list beside them.
 * 2. Answers are taken one after the other, in the order in which they come, each with all its effects: the history
 *    moves on, and the rows go to the buffer.
 * 3. Between two of them what is held in the buffer and what the histories say belong together, and only there it is
 *    committed. Requests stay under way meanwhile; their answers wait until the commit has ended.
 * 4. An error ends the reading when all that was sent has come back and was taken: it was paid for. What still waits
 *    is not sent.
 */
export class Export {
  readonly #options: RunOptions;
  readonly #ports: RunPorts;
  readonly #context: Context;
  readonly #integrations: IntegrationRuns;
  readonly #identity: WorkspaceIdentity;
  /** Undefined where the integrations are named by hand. */
  readonly #list: ListReader | undefined;
  #buffer = new WriteBuffer();
  readonly #placings = new Placings();
  #loaded = false;
  /** Answers since the last commit, and when the first of them was taken. */
  #uncommitted = 0;
  #uncommittedSince = 0;
  readonly #underWay = new RequestsUnderWay();
  #queue: PageQueue | undefined;
  /** A status request was answered: the key is good. */
  #isAnswered = false;
  /** A request was answered, the list's or another. */
  #isHeard = false;
  readonly #keyDoubt = new KeyDoubt();
  /** No further status request fits before the deadline. */
  #outOfTime: OutOfTime | undefined;
  /** What is to be told of those that were not answered, if it is not an outage. */
  #unanswered: (() => void)[] = [];

  constructor(options: RunOptions, ports: RunPorts, context: Context) {
    this.#options = options;
    this.#ports = ports;
    this.#context = context;
    this.#integrations = new IntegrationRuns(options.recheck);
    const { requester, failures, facts, began } = context;
    const isByHand = options.integrations !== undefined;
    const { workspace, source: host = null } = options;
    this.#identity = new WorkspaceIdentity(facts, { workspace, host, isByHand });
    const recognise = async (rows: readonly IntegrationRow[]): Promise<void> => {
      if (this.#identity.meet(rows)) await context.renewLease();
    };
    const list = { requester, integrations: this.#integrations, failures, recognise };
    this.#list = isByHand ? undefined : new ListReader(list, facts.listReading, began);
  }

  /** Loads what earlier runs have kept. @throws {StoreFailure} @throws {ForeignSource} @throws {LostRace} */
  async load(): Promise<void> {
    const records = await this.#ports.checkpoints.list(this.#options.workspace);
    for (const damage of this.#integrations.load(records)) this.#tell(damage);
    this.#loaded = true;
    if (this.#identity.begin(await this.#appGroupIdsInLake())) await this.#context.renewLease();
  }

  /**
   * What is known is read while the list is: it may take longer than the run. Whom the list names joins in.
   * @throws {OutOfTime} @throws {Denied} @throws {Outage} @throws {ForeignSource} @throws {LostRace} @throws {Damaged} @throws {StoreFailure}
   */
  async read(): Promise<void> {
    const { integrations: named } = this.#options;
    if (named) this.#integrations.takeNamed(named);
    else this.#integrations.takeKnown();
    this.#reportListed();
    try {
      await this.#readPages();
      this.#tellRefused(this.#keyDoubt.conclude());
      const outage = await this.#context.requester.outage();
      if (outage) throw outage;
    } catch (error) {
      this.#context.requester.stop();
      await this.#takeAllUnderWay();
      const { silence } = this.#context.requester;
      if (error instanceof OutOfTime && silence && !this.#options.signal?.aborted) throw silence;
      if (!(error instanceof Outage)) this.#tellUnanswered();
      // What ends the reading for all is told of all.
      if (error instanceof OutOfTime) this.#tellRefused(this.#keyDoubt.conclude());
      throw error;
    }
    this.#tellUnanswered();
  }

  /** Commits what is left, then says how complete it all is. @throws as {@link read} */
  async finish(): Promise<void> {
    const { workspace } = this.#options;
    const list = this.#list;
    list?.conclude();
    for (const integration of this.#integrations.due) {
      const doubt = integration.conclude();
      if (doubt !== undefined) this.#tellFailure(integration, doubt);
      const fault = historyFault(this.#placings.of(integration.id));
      if (fault !== undefined && !integration.isOver) this.#fail(integration, fault);
    }
    for (const integration of withoutLinks(this.#integrations.due)) this.#fail(integration, linkMissing);
    const fault = runFault(this.#placings.all);
    if (fault !== undefined) this.#say(fault);
    await this.#commit();
    if (list) this.#context.facts.listReading = list.left;
    if (list?.hasSpoken) {
      const key = integrationsKey(workspace);
      const present = new Set(this.#integrations.present.map(({ id }) => id));
      const isGone = (id: string) => list.isWhole && !present.has(id);
      const join = (existing: Uint8Array | undefined) => joinIntegrations(existing, key, list.rows, isGone);
      await this.#update(key, join).catch((error) => this.#tell(error));
    }
    await this.#writeCoverage(this.#integrations.all.map((each) => each.published));
  }

  /** Nothing of this run's reading could be kept: coverage goes back to what was kept before, and says why. */
  async failWhole(message: string): Promise<void> {
    this.#context.failures.push(message);
    const states = this.#integrations.keptWith(message);
    for (const integration of this.#integrations.due) integration.fail(message);
    // Without the records there is nothing to say, and what coverage said before stays.
    if (!this.#loaded) return;
    try {
      await this.#writeCoverage(states);
    } catch {
      // Said already: the store does not do what it is asked.
    }
  }

  /** None of the integrations can be exported. */
  denyAll(message: string): void {
    this.#integrations.denyAll(message);
  }

  get isComplete(): boolean {
    return (!this.#list || this.#list.isWhole) && this.#integrations.isComplete;
  }

  /** Fills in the receipt what holds at the end. */
  count(): void {
    this.#integrations.count(this.#context.receipt);
  }

  /** Asked for only while no run has seen a source: what an earlier version has left tells whose it is. */
  async #appGroupIdsInLake(): Promise<ReadonlySet<string>> {
    if (!this.#identity.isNew) return new Set();
    const key = integrationsKey(this.#options.workspace);
    const stored = await this.#ports.objects.get(key);
    this.#context.receipt.objects.read += 1;
    if (!stored) return new Set();
    try {
      return await appGroupIdsIn(stored.body, key);
    } catch (error) {
      this.#tell(error);
      return new Set();
    }
  }

  #reportListed(): void {
    this.#ports.report({ kind: 'listed', integrations: this.#integrations.due.length });
  }

  async #readPages(): Promise<void> {
    const { clock, random } = this.#ports;
    const deadline = this.#options.deadline ?? Number.POSITIVE_INFINITY;
    const { limiters } = this.#context;
    const conditions = { clock, random, deadline, limiter: limiters.status };
    const queue = new PageQueue(this.#integrations.due, conditions);
    this.#queue = queue;
    for (;;) {
      this.#send(queue);
      const isLast = this.#underWay.isEmpty;
      if (!isLast) await this.#take(await this.#underWay.take());
      // The last commit may show that something held to be whole is not: then there is more to read.
      const due = isLast || this.#isCommitDue;
      if (this.#buffer.size >= maxBufferedRows || (due && this.#buffer.size > 0)) await this.#commit();
      else if (isLast) break;
    }
    if (this.#outOfTime || this.#list?.isLate) throw this.#outOfTime ?? new OutOfTime();
  }

  get #isCommitDue(): boolean {
    if (this.#uncommitted === 0) return false;
    if (this.#uncommitted >= this.#options.limits.status) return true;
    return this.#ports.clock.now() - this.#uncommittedSince >= maxUncommittedMs;
  }

  /** Asks for as many pages as may be under way, the list's among them. */
  #send(queue: PageQueue): void {
    const { limiters } = this.#context;
    const now = this.#ports.clock.now();
    // A request that has to wait for its limit holds nobody up.
    const isListAlone = !this.#isHeard && limiters.list.delay(now) === 0;
    const isStatusAlone = !this.#isAnswered && limiters.status.delay(now) === 0;
    if (!this.#isHeard) this.#sendList();
    if (isListAlone && this.#underWay.hasList) return;
    this.#sendStatus(queue);
    if (isStatusAlone && this.#underWay.integrations.size > 0) return;
    this.#sendList();
  }

  #sendList(): void {
    const list = this.#list;
    if (list && !list.isOver && !this.#underWay.hasList) this.#underWay.addList(list.request());
  }

  #sendStatus(queue: PageQueue): void {
    const { integrations } = this.#underWay;
    while (!this.#outOfTime && integrations.size < this.#maxUnderWay) {
      const page = queue.next(integrations);
      if (!page) return;
      const { integration, cursor } = page;
      integration.willBeAsked(this.#ports.clock.now());
      const hasOthers = () => this.#integrations.due.length > 1;
      this.#underWay.add(integration, requestPage(this.#context.requester, integration, cursor, hasOthers));
    }
  }

  get #maxUnderWay(): number {
    if (!this.#isAnswered) return 1;
    return this.#keyDoubt.isOpen ? maxUnderWayInDoubt : maxUnderWay;
  }

  async #take(arrival: Arrival): Promise<void> {
    if ('list' in arrival) return this.#takeList(arrival.list);
    if ('listError' in arrival) return this.#takeListError(arrival.listError);
    const { integration } = arrival;
    if ('answered' in arrival) this.#takeAnswer(integration, arrival.answered);
    else this.#takeError(integration, arrival.error);
  }

  async #takeList(answer: Answer): Promise<void> {
    this.#isHeard = true;
    this.#tellUnanswered();
    const { joining, quarantined } = (await this.#list?.take(answer)) ?? { joining: [], quarantined: [] };
    for (const row of quarantined) this.#buffer.quarantine(row);
    this.#queue?.join(joining);
    if (joining.length > 0) this.#reportListed();
  }

  /** Without the list, what is known is read on. @throws what is not the list's own affair. */
  #takeListError(error: unknown): void {
    const sentence = this.#list?.giveUp(error);
    if (sentence !== undefined) this.#unanswered.push(() => this.#context.failures.push(sentence));
  }

  #takeAnswer(integration: IntegrationRun, { answer, cursor, askedAt, answeredAt }: AnsweredPage): void {
    const { receipt } = this.#context;
    this.#isAnswered = true;
    this.#isHeard = true;
    if (this.#uncommitted === 0) this.#uncommittedSince = this.#ports.clock.now();
    this.#uncommitted += 1;
    this.#tellRefused(this.#keyDoubt.answered(integration));
    this.#tellUnanswered();
    // A commit may have found meanwhile that it can't be exported.
    if (integration.isOver) return;
    const isListed = this.#list !== undefined;
    let effects: Effects;
    try {
      effects = integration.take(answer, { cursor, askedAt, now: answeredAt, isListed });
    } catch (error) {
      if (!(error instanceof BrokenHistory)) throw error;
      integration.holdBack(error.message);
      this.#tell(error);
      return;
    }
    if (effects.failure !== undefined) this.#tellFailure(integration, effects.failure);
    this.#buffer.add(effects.rows);
    this.#placings.add(
      integration.id,
      effects.rows.map(({ row }) => row),
    );
    if (!effects.page) return;
    receipt.pages += 1;
    const { due } = this.#integrations;
    this.#ports.report({
      kind: 'page',
      integrationId: integration.id,
      pages: receipt.pages,
      rows: effects.page.rows,
      oldest: effects.page.oldest,
      done: due.filter((each) => each.isOver || each.isComplete).length,
      total: due.length,
    });
  }

  /** @throws what is not this integration's own affair. */
  #takeError(integration: IntegrationRun, error: unknown): void {
    if (error instanceof OutOfTime) {
      // The list has a limit of its own: its next page may still fit before the deadline.
      this.#outOfTime ??= error;
    } else if (error instanceof PutAside) {
      this.#queue?.putAside(integration, error.isAlone);
    } else if (error instanceof Refused) {
      this.#queue?.leaveOut(integration);
      this.#keyDoubt.refused(integration, error, this.#underWay.integrations);
    } else if (error instanceof Unanswered && error.connected) {
      this.#queue?.leaveOut(integration);
      this.#unanswered.push(() => this.#fail(integration, error.message));
    } else {
      throw error instanceof Unanswered ? new Denied(error.message) : error;
    }
  }

  /** Takes what was answered. A fault of this program is thrown, whatever ended the reading. */
  async #takeAllUnderWay(): Promise<void> {
    while (!this.#underWay.isEmpty) {
      const arrival = await this.#underWay.take();
      if ('answered' in arrival) this.#takeAnswer(arrival.integration, arrival.answered);
      else if ('list' in arrival) await this.#takeList(arrival.list);
      else if (!(errorOf(arrival) instanceof ExporterError)) throw errorOf(arrival);
    }
  }

  /** Braze answers again, or has answered others: who was not answered has failed by itself. */
  #tellUnanswered(): void {
    for (const tell of this.#unanswered.splice(0)) tell();
  }

  /** The key is good: these have failed by themselves. */
  #tellRefused(refused: readonly (readonly [IntegrationRun, Refused])[]): void {
    for (const [integration, error] of refused) this.#fail(integration, error.ownMessage);
  }

  #fail(integration: IntegrationRun, message: string): void {
    integration.fail(message);
    this.#tellFailure(integration, message);
    this.#ports.report({ kind: 'failed', integrationId: integration.id, message });
  }

  #tellFailure({ id }: IntegrationRun, message: string): void {
    this.#context.failures.push(`Integration ${id} could not be exported. ${message}`);
  }

  async #commit(): Promise<void> {
    const { clock, report, objects, checkpoints } = this.#ports;
    const { receipt, renewLease } = this.#context;
    const buffer = this.#buffer;
    for (const integration of this.#integrations.all) {
      integration.giveUpOldSyncs(clock.now(), this.#integrations.isDue(integration));
    }
    const ports = {
      workspace: this.#options.workspace,
      objects,
      checkpoints,
      renewLease,
      receipt,
      now: () => clock.now(),
      report,
    };
    const failures = await commit(ports, buffer, this.#integrations.byId);
    for (const failure of failures) this.#say(failure);
    receipt.rows.updated += buffer.repeats.updated;
    receipt.rows.unchanged += buffer.repeats.unchanged;
    report({ kind: 'commit', rows: buffer.size, days: buffer.days.length });
    this.#buffer = buffer.next();
    this.#uncommitted = 0;
  }

  async #writeCoverage(states: Parameters<typeof coverageBody>[0]): Promise<void> {
    const body = await coverageBody(states);
    await this.#update(coverageKey(this.#options.workspace), async () => body);
  }

  /** What fails for its own reason holds back what belongs to it, and nothing else. */
  #tell(error: unknown): void {
    if (!isContained(error)) throw error;
    this.#say(error.message);
  }

  #say(failure: string): void {
    const { failures } = this.#context;
    if (!failures.includes(failure)) failures.push(failure);
  }

  #update(key: string, join: Parameters<typeof update>[2]): Promise<void> {
    return update({ objects: this.#ports.objects, receipt: this.#context.receipt }, key, join);
  }
}

function errorOf(arrival: Arrival): unknown {
  if ('listError' in arrival) return arrival.listError;
  return 'error' in arrival ? arrival.error : undefined;
}
