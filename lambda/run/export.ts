/** What a run reads, in which order, and when it commits. */

import type { RateLimiters } from '../checkpoint/lease.ts';
import type { WorkspaceFacts } from '../checkpoint/workspace-facts.ts';
import { Damaged } from '../errors/damaged.ts';
import { Denied } from '../errors/denied.ts';
import { Unanswered } from '../errors/unanswered.ts';
import { coverageBody } from '../lake/coverage.ts';
import { appGroupIdsIn, joinIntegrations } from '../lake/integrations.ts';
import type { IntegrationRow } from '../rows/integration-row.ts';
import { coverageKey, integrationsKey } from '../schema/keys.ts';
import { commit, update } from './commit.ts';
import type { IntegrationRun } from './integration-run.ts';
import { IntegrationRuns } from './integration-runs.ts';
import { ListReader } from './list-reader.ts';
import { PageQueue } from './page-queue.ts';
import { readPage } from './read-page.ts';
import type { Receipt } from './receipt.ts';
import type { Requester } from './requester.ts';
import type { RunOptions, RunPorts } from './run-options.ts';
import { WorkspaceIdentity } from './workspace-identity.ts';
import { WriteBuffer } from './write-buffer.ts';

/** Rows held at the most before a commit: some twenty megabytes. */
const maxBufferedRows = 20_000;
/** At the latest so long after the last commit, lest a crash costs more of the rate limit than that. */
const maxUncommittedMs = 5 * 60_000;

interface Context {
  readonly requester: Requester;
  readonly renewLease: () => Promise<void>;
  readonly limiters: RateLimiters;
  readonly facts: WorkspaceFacts;
  readonly receipt: Receipt;
  readonly failures: string[];
  readonly began: number;
}

export class Export {
  readonly #options: RunOptions;
  readonly #ports: RunPorts;
  readonly #context: Context;
  readonly #integrations = new IntegrationRuns();
  readonly #identity: WorkspaceIdentity;
  /** Undefined where the integrations are named by hand. */
  readonly #list: ListReader | undefined;
  #buffer = new WriteBuffer();
  #loaded = false;
  #committedAt: number;

  constructor(options: RunOptions, ports: RunPorts, context: Context) {
    this.#options = options;
    this.#ports = ports;
    this.#context = context;
    const { requester, failures, facts, began } = context;
    const isByHand = options.integrations !== undefined;
    const { workspace, source: host = null } = options;
    this.#identity = new WorkspaceIdentity(facts, { workspace, host, isByHand });
    const recognise = async (rows: readonly IntegrationRow[]): Promise<void> => {
      if (this.#identity.meet(rows)) await context.renewLease();
    };
    const list = { requester, integrations: this.#integrations, failures, recognise };
    this.#list = isByHand ? undefined : new ListReader(list, facts.listReading, began);
    this.#committedAt = context.began;
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
   * @throws {OutOfTime} @throws {Denied} @throws {LostRace} @throws {Damaged} @throws {StoreFailure}
   */
  async read(): Promise<void> {
    const { clock, random } = this.#ports;
    const { integrations: named, deadline = Number.POSITIVE_INFINITY } = this.#options;
    const { began, limiters } = this.#context;
    if (named) this.#integrations.takeNamed(named);
    else this.#integrations.takeKnown();
    this.#reportListed();
    const conditions = { clock, random, began, deadline, limiter: limiters.status };
    const queue = new PageQueue(this.#integrations.due, conditions);
    for (let listWasLast = false; ; ) {
      const isListsTurn = this.#isListsTurn(listWasLast);
      const integration: IntegrationRun | undefined = isListsTurn ? undefined : queue.next();
      listWasLast = !integration;
      const isIdle = !integration && (!this.#list || this.#list.isOver);
      if (integration) await this.#ask(integration);
      else if (this.#list && !this.#list.isOver) queue.join(await this.#readList(this.#list));
      // The last commit may show that something held to be whole is not: then there is more to read.
      const due = clock.now() - this.#committedAt > maxUncommittedMs || isIdle;
      if (this.#buffer.size >= maxBufferedRows || (due && this.#buffer.size > 0)) await this.#commit();
      else if (isIdle) return;
    }
  }

  /** Commits what is left, then says how complete it all is. @throws as {@link read} */
  async finish(): Promise<void> {
    const { workspace } = this.#options;
    const list = this.#list;
    list?.conclude();
    for (const integration of this.#integrations.due) integration.conclude();
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
    if (!stored) return new Set();
    this.#context.receipt.objects.read += 1;
    try {
      return await appGroupIdsIn(stored.body, key);
    } catch (error) {
      this.#tell(error);
      return new Set();
    }
  }

  /** It is asked where it has to wait for less than the statuses; where neither has to wait, they take turns. */
  #isListsTurn(listWasLast: boolean): boolean {
    if (!this.#list || this.#list.isOver) return false;
    const now = this.#ports.clock.now();
    const { list, status } = this.#context.limiters;
    const [listDelayMs, statusDelayMs] = [list.delay(now), status.delay(now)];
    return listDelayMs === statusDelayMs ? !listWasLast : listDelayMs < statusDelayMs;
  }

  /** @returns those that it names and that were not to be exported before. */
  async #readList(list: ListReader): Promise<readonly IntegrationRun[]> {
    const { joining, quarantined } = await list.readPage();
    for (const row of quarantined) this.#buffer.quarantine(row);
    if (joining.length > 0) this.#reportListed();
    return joining;
  }

  #reportListed(): void {
    this.#ports.report({ kind: 'listed', integrations: this.#integrations.due.length });
  }

  async #ask(integration: IntegrationRun): Promise<void> {
    const { receipt, requester } = this.#context;
    const { clock, report } = this.#ports;
    try {
      const effects = await readPage(requester, integration, clock, this.#list !== undefined);
      if (effects?.failure !== undefined) this.#tellFailure(integration, effects.failure);
      this.#buffer.add(effects?.rows ?? []);
      if (!effects?.page) return;
      receipt.pages += 1;
      const { due } = this.#integrations;
      report({
        kind: 'page',
        integrationId: integration.id,
        pages: receipt.pages,
        rows: effects.page.rows,
        oldest: effects.page.oldest,
        done: due.filter((each) => each.isOver || each.isComplete).length,
        total: due.length,
      });
    } catch (error) {
      if (!(error instanceof Unanswered)) throw error;
      if (!error.connected) throw new Denied(error.message);
      this.#fail(integration, error.message);
      report({ kind: 'failed', integrationId: integration.id, message: error.message });
    }
  }

  #fail(integration: IntegrationRun, message: string): void {
    integration.fail(message);
    this.#tellFailure(integration, message);
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
    const damages = await commit(ports, buffer, this.#integrations.byId);
    for (const damage of damages) this.#tell(damage);
    receipt.rows.updated += buffer.repeats.updated;
    receipt.rows.unchanged += buffer.repeats.unchanged;
    report({ kind: 'commit', rows: buffer.size, days: buffer.days.length });
    this.#buffer = new WriteBuffer();
    this.#committedAt = clock.now();
  }

  async #writeCoverage(states: Parameters<typeof coverageBody>[0]): Promise<void> {
    const body = await coverageBody(states);
    await this.#update(coverageKey(this.#options.workspace), async () => body);
  }

  /** A damaged object holds back what belongs to it, and nothing else. */
  #tell(error: unknown): void {
    if (!(error instanceof Damaged)) throw error;
    const { failures } = this.#context;
    if (!failures.includes(error.message)) failures.push(error.message);
  }

  #update(key: string, join: Parameters<typeof update>[2]): Promise<void> {
    return update({ objects: this.#ports.objects, receipt: this.#context.receipt }, key, join);
  }
}
