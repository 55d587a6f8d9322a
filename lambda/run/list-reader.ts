/** The list of integrations in one run: reads it, and tells the run whom it names. */
import { Denied } from '../errors/denied.ts';
import { Unanswered } from '../errors/unanswered.ts';
import { type Listing, newListing, readList } from './integration-list.ts';
import type { IntegrationRuns } from './integration-runs.ts';
import type { Requester } from './requester.ts';
import type { ReportEvent } from './run-events.ts';

const unfinished =
  'The list of integrations could not be read to its end: its pages lead in a circle. Those that it named were exported.';

interface Context {
  readonly requester: Requester;
  readonly integrations: IntegrationRuns;
  readonly failures: string[];
  readonly report: ReportEvent;
}

export class ListReader {
  readonly #context: Context;
  /** What it has named; undefined until it was read. */
  listing: Listing | undefined;

  constructor(context: Context) {
    this.#context = context;
  }

  /** @throws {OutOfTime} @throws {Denied} @throws {LostRace} */
  async read(): Promise<void> {
    const { requester, integrations, failures, report } = this.#context;
    const listing = newListing();
    const present = () => integrations.all.filter(({ state }) => state.condition !== 'gone');
    const missing = () => present().some(({ id }) => !listing.rows.has(id));
    try {
      await readList(requester, listing);
      // Where one is removed while the list is read, another is skipped: gone is what two readings miss.
      if (!listing.whole || missing()) await readList(requester, listing);
      if (!listing.whole) failures.push(unfinished);
    } catch (error) {
      if (error instanceof Unanswered && !error.connected) throw new Denied(error.message);
      if (!(error instanceof Unanswered)) throw error;
      failures.push(`The list of integrations could not be read. ${error.message}`);
    }
    this.listing = listing;
    integrations.takeListing(listing);
    report({ kind: 'listed', integrations: integrations.due.length });
  }
}
