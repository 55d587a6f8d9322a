/** What a run reads, in which order, and when it commits. */

import type { Paces } from '../checkpoint/lease.ts';
import { Damaged } from '../errors/damaged.ts';
import { Denied } from '../errors/denied.ts';
import { Unanswered } from '../errors/unanswered.ts';
import { coverageBody } from '../lake/coverage.ts';
import { joinIntegrations } from '../lake/integrations.ts';
import { coverageKey, integrationsKey } from '../schema/keys.ts';
import type { Asker } from './ask.ts';
import { commit, update } from './commit.ts';
import { Harvest } from './harvest.ts';
import { type Listing, newListing, readList } from './list.ts';
import type { Participant } from './participant.ts';
import { Participants } from './participants.ts';
import { readPage } from './read-page.ts';
import type { Receipt } from './receipt.ts';
import type { RunOptions, RunPorts } from './run-options.ts';
import { Schedule } from './schedule.ts';

/** Rows held at the most before a commit: some twenty megabytes. */
const mostRows = 20_000;
/** At the latest so long after the last commit, lest a crash costs more of the rate limit than that. */
const longestUncommitted = 5 * 60_000;

const unfinished =
  'The list of integrations could not be read to its end: its pages lead in a circle. Those that it named were exported.';

interface Context {
  readonly asker: Asker;
  readonly renewLease: () => Promise<void>;
  readonly paces: Paces;
  readonly receipt: Receipt;
  readonly failures: string[];
  readonly began: number;
}

export class Export {
  readonly #options: RunOptions;
  readonly #ports: RunPorts;
  readonly #context: Context;
  readonly #participants = new Participants();
  #harvest = new Harvest();
  #listing: Listing | undefined;
  #loaded = false;
  #committedAt: number;

  constructor(options: RunOptions, ports: RunPorts, context: Context) {
    this.#options = options;
    this.#ports = ports;
    this.#context = context;
    this.#committedAt = context.began;
  }

  /** Loads what earlier runs have kept. @throws {StoreFailure} */
  async load(): Promise<void> {
    const records = await this.#ports.checkpoints.list(this.#options.workspace);
    for (const damage of this.#participants.load(records)) this.#tell(damage);
    this.#loaded = true;
  }

  /** @throws {OutOfTime} @throws {Denied} @throws {LostRace} @throws {Damaged} @throws {StoreFailure} */
  async read(): Promise<void> {
    await this.#list();
    const { clock, random } = this.#ports;
    const deadline = this.#options.deadline ?? Number.POSITIVE_INFINITY;
    const { began, paces } = this.#context;
    const schedule = new Schedule(this.#participants.due, {
      clock,
      random,
      began,
      deadline,
      pace: paces.status,
    });
    for (;;) {
      const participant = schedule.next();
      if (participant) await this.#ask(participant);
      // The last commit may show that something held to be whole is not: then there is more to read.
      const due = clock.now() - this.#committedAt > longestUncommitted || !participant;
      if (this.#harvest.size >= mostRows || (due && this.#harvest.size > 0)) await this.#commit();
      else if (!participant) return;
    }
  }

  /** Commits what is left, then says how complete it all is. @throws as {@link read} */
  async finish(): Promise<void> {
    const { workspace } = this.#options;
    const listing = this.#listing;
    for (const participant of this.#participants.due) participant.conclude();
    await this.#commit();
    if (listing) {
      const key = integrationsKey(workspace);
      const join = (existing: Uint8Array | undefined) =>
        joinIntegrations(existing, key, listing.rows, listing.whole);
      await this.#update(key, join).catch((error) => this.#tell(error));
    }
    await this.#writeCoverage(this.#participants.all.map((each) => each.published));
  }

  /** Nothing of this run's reading could be kept: coverage goes back to what was kept before, and says why. */
  async failWhole(message: string): Promise<void> {
    this.#context.failures.push(message);
    const states = this.#participants.all.map((participant) => participant.asStored(message));
    for (const participant of this.#participants.due) participant.fail(message);
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
    this.#participants.denyAll(message);
  }

  get complete(): boolean {
    const known = this.#listing !== undefined || this.#options.integrations !== undefined;
    return known && this.#participants.complete;
  }

  /** Fills in the receipt what holds at the end. */
  count(): void {
    this.#participants.count(this.#context.receipt);
  }

  async #list(): Promise<void> {
    const { integrations } = this.#options;
    if (integrations) {
      for (const id of integrations) this.#participants.of(id).due = true;
      this.#ports.report({ kind: 'listed', integrations: integrations.length });
      return;
    }
    const listing = newListing();
    const present = () => this.#participants.all.filter(({ state }) => !state.gone);
    const missing = () => present().some(({ id }) => !listing.rows.has(id));
    try {
      await readList(this.#context.asker, listing);
      // Where one is removed while the list is read, another is skipped: gone is what two readings miss.
      if (!listing.whole || missing()) await readList(this.#context.asker, listing);
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
    for (const row of listing.quarantined) this.#harvest.quarantine(row);
    this.#participants.takeListing(listing);
    this.#ports.report({ kind: 'listed', integrations: this.#participants.due.length });
  }

  async #ask(participant: Participant): Promise<void> {
    const { receipt, asker } = this.#context;
    const { clock, report } = this.#ports;
    try {
      const rows = await readPage(asker, participant, this.#harvest, clock);
      if (rows === undefined) return this.#checkKnown(participant);
      receipt.pages += 1;
      const { due } = this.#participants;
      report({
        kind: 'page',
        integrationId: participant.id,
        pages: receipt.pages,
        rows: rows.count,
        oldest: rows.oldest,
        done: due.filter((each) => each.ended || each.complete).length,
        total: due.length,
      });
    } catch (error) {
      if (!(error instanceof Unanswered)) throw error;
      if (!error.connected) throw new Denied(error.message);
      this.#fail(participant, error.message);
      report({ kind: 'failed', integrationId: participant.id, message: error.message });
    }
  }

  /** An integration that was named by hand and was never known is a mistake, not one that is gone. */
  #checkKnown(participant: Participant): void {
    const { state } = participant;
    if (!state.gone || this.#listing || state.history.headAt !== null) return;
    const message = 'Braze does not know an integration of this id. Check the id.';
    state.gone = false;
    this.#fail(participant, message);
  }

  #fail(participant: Participant, message: string): void {
    participant.fail(message);
    this.#context.failures.push(`Integration ${participant.id} could not be exported. ${message}`);
  }

  async #commit(): Promise<void> {
    const { clock, report, objects, checkpoints } = this.#ports;
    const { receipt, renewLease } = this.#context;
    const harvest = this.#harvest;
    for (const participant of this.#participants.all) participant.giveUpOldSyncs(clock.now());
    const ports = {
      workspace: this.#options.workspace,
      objects,
      checkpoints,
      renewLease,
      receipt,
      now: () => clock.now(),
      report,
    };
    const damages = await commit(ports, harvest, this.#participants.byId);
    for (const damage of damages) this.#tell(damage);
    receipt.rows.updated += harvest.repeats.updated;
    receipt.rows.unchanged += harvest.repeats.unchanged;
    report({ kind: 'commit', rows: harvest.size, days: harvest.days.length });
    this.#harvest = new Harvest();
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
