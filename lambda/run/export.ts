/** What a run reads, in which order, and when it commits. */

import type { RateLimiters } from '../checkpoint/lease.ts';
import { BrokenHistory } from '../errors/broken-history.ts';
import { Damaged } from '../errors/damaged.ts';
import { Denied } from '../errors/denied.ts';
import { Unanswered } from '../errors/unanswered.ts';
import { coverageBody } from '../lake/coverage.ts';
import { joinIntegrations } from '../lake/integrations.ts';
import { coverageKey, integrationsKey } from '../schema/keys.ts';
import { commit, update } from './commit.ts';
import { type Listing, newListing, readList } from './integration-list.ts';
import type { IntegrationRun } from './integration-run.ts';
import { IntegrationRuns } from './integration-runs.ts';
import { PageQueue } from './page-queue.ts';
import { readPage } from './read-page.ts';
import type { Receipt } from './receipt.ts';
import type { Requester } from './requester.ts';
import type { RunOptions, RunPorts } from './run-options.ts';
import { WriteBuffer } from './write-buffer.ts';

/** Rows held at the most before a commit: some twenty megabytes. */
const maxBufferedRows = 20_000;
/** At the latest so long after the last commit, lest a crash costs more of the rate limit than that. */
const maxUncommittedMs = 5 * 60_000;

const unfinished =
  'The list of integrations could not be read to its end: its pages lead in a circle. Those that it named were exported.';

interface Context {
  readonly requester: Requester;
  readonly renewLease: () => Promise<void>;
  readonly limiters: RateLimiters;
  readonly receipt: Receipt;
  readonly failures: string[];
  readonly began: number;
}

export class Export {
  readonly #options: RunOptions;
  readonly #ports: RunPorts;
  readonly #context: Context;
  readonly #integrations: IntegrationRuns;
  #buffer = new WriteBuffer();
  #listing: Listing | undefined;
  #loaded = false;
  #committedAt: number;

  constructor(options: RunOptions, ports: RunPorts, context: Context) {
    this.#options = options;
    this.#ports = ports;
    this.#context = context;
    this.#integrations = new IntegrationRuns(options.recheck);
    this.#committedAt = context.began;
  }

  /** Loads what earlier runs have kept. @throws {StoreFailure} */
  async load(): Promise<void> {
    const records = await this.#ports.checkpoints.list(this.#options.workspace);
    for (const damage of this.#integrations.load(records)) this.#tell(damage);
    this.#loaded = true;
  }

  /** @throws {OutOfTime} @throws {Denied} @throws {LostRace} @throws {Damaged} @throws {StoreFailure} */
  async read(): Promise<void> {
    await this.#list();
    const { clock, random } = this.#ports;
    const deadline = this.#options.deadline ?? Number.POSITIVE_INFINITY;
    const { began, limiters } = this.#context;
    const queue = new PageQueue(this.#integrations.due, {
      clock,
      random,
      began,
      deadline,
      limiter: limiters.status,
    });
    for (;;) {
      const integration = queue.next();
      if (integration) await this.#ask(integration);
      // The last commit may show that something held to be whole is not: then there is more to read.
      const due = clock.now() - this.#committedAt > maxUncommittedMs || !integration;
      if (this.#buffer.size >= maxBufferedRows || (due && this.#buffer.size > 0)) await this.#commit();
      else if (!integration) return;
    }
  }

  /** Commits what is left, then says how complete it all is. @throws as {@link read} */
  async finish(): Promise<void> {
    const { workspace } = this.#options;
    const listing = this.#listing;
    for (const integration of this.#integrations.due) {
      const fault = integration.conclude();
      if (fault !== undefined) this.#tellFailure(integration, fault);
    }
    await this.#commit();
    if (listing) {
      const key = integrationsKey(workspace);
      const join = (existing: Uint8Array | undefined) =>
        joinIntegrations(existing, key, listing.rows, listing.whole);
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
    const known = this.#listing !== undefined || this.#options.integrations !== undefined;
    return known && this.#integrations.isComplete;
  }

  /** Fills in the receipt what holds at the end. */
  count(): void {
    this.#integrations.count(this.#context.receipt);
  }

  async #list(): Promise<void> {
    const { integrations } = this.#options;
    if (integrations) {
      this.#integrations.takeNamed(integrations);
      this.#ports.report({ kind: 'listed', integrations: integrations.length });
      return;
    }
    const listing = newListing();
    const present = () => this.#integrations.all.filter(({ state }) => state.condition !== 'gone');
    const missing = () => present().some(({ id }) => !listing.rows.has(id));
    try {
      await readList(this.#context.requester, listing);
      // Where one is removed while the list is read, another is skipped: gone is what two readings miss.
      if (!listing.whole || missing()) await readList(this.#context.requester, listing);
      if (!listing.whole) this.#context.failures.push(unfinished);
    } catch (error) {
      if (error instanceof Unanswered && !error.connected) throw new Denied(error.message);
      if (!(error instanceof Unanswered)) throw error;
      this.#context.failures.push(`The list of integrations could not be read. ${error.message}`);
    }
    this.#takeListing(listing);
  }

  #takeListing(listing: Listing): void {
    this.#listing = listing;
    for (const row of listing.quarantined) this.#buffer.quarantine(row);
    this.#integrations.takeListing(listing);
    this.#ports.report({ kind: 'listed', integrations: this.#integrations.due.length });
  }

  async #ask(integration: IntegrationRun): Promise<void> {
    const { receipt, requester } = this.#context;
    const { clock, report } = this.#ports;
    try {
      const effects = await readPage(requester, integration, clock, this.#listing !== undefined);
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
      if (error instanceof BrokenHistory) {
        integration.holdBack(error.message);
        this.#tell(error);
      } else {
        if (!(error instanceof Unanswered)) throw error;
        if (!error.connected) throw new Denied(error.message);
        integration.fail(error.message);
        this.#tellFailure(integration, error.message);
      }
      report({ kind: 'failed', integrationId: integration.id, message: error.message });
    }
  }

  #tellFailure({ id }: IntegrationRun, message: string): void {
    this.#context.failures.push(`Integration ${id} could not be exported. ${message}`);
  }

  async #commit(): Promise<void> {
    const { clock, report, objects, checkpoints } = this.#ports;
    const { receipt, renewLease } = this.#context;
    const buffer = this.#buffer;
    const due = new Set(this.#integrations.due);
    for (const integration of this.#integrations.all)
      integration.giveUpOldSyncs(clock.now(), due.has(integration));
    const ports = {
      workspace: this.#options.workspace,
      objects,
      checkpoints,
      renewLease,
      receipt,
      now: () => clock.now(),
      report,
    };
    const faults = await commit(ports, buffer, this.#integrations.byId);
    for (const fault of faults) this.#tell(fault);
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

  /** What is damaged or broken holds back what belongs to it, and nothing else. */
  #tell(error: unknown): void {
    if (!(error instanceof Damaged || error instanceof BrokenHistory)) throw error;
    const { failures } = this.#context;
    if (!failures.includes(error.message)) failures.push(error.message);
  }

  #update(key: string, join: Parameters<typeof update>[2]): Promise<void> {
    return update({ objects: this.#ports.objects, receipt: this.#context.receipt }, key, join);
  }
}
