/**
 * The list of integrations in one run: one more thing to be read beside the histories, a page at a time.
 *
 * 1. It goes on where an earlier run has left it, if that was within a day.
 * 2. Whom a page names is to be exported from then on, also where the run ends before the list does.
 * 3. Where the run ends first, the place is kept in the workspace's record, and in their own records who was named
 *    so far: these first. A crash in between costs requests, and names nobody missing.
 * 4. At the list's end, see {@link judgeList}.
 */
import type { ListReading } from '../checkpoint/workspace-facts.ts';
import { Denied } from '../errors/denied.ts';
import { OutOfTime } from '../errors/out-of-time.ts';
import { Unanswered } from '../errors/unanswered.ts';
import { type IntegrationRow, readIntegrationRow } from '../rows/integration-row.ts';
import type { QuarantinedRow } from '../rows/sync-row.ts';
import { refused } from '../walk/page.ts';
import type { Failures } from './failures.ts';
import type { IntegrationRun } from './integration-run.ts';
import type { IntegrationRuns } from './integration-runs.ts';
import { judgeList } from './list-verdict.ts';
import { ListWalk } from './list-walk.ts';
import type { Answer, Requester } from './requester.ts';

const path = '/cdi/integrations';
/** A reading that is older goes by what was true then. */
const maxAgeMs = 24 * 60 * 60_000;
/** Rows are held until the run ends: some twenty megabytes. */
const maxNamed = 20_000;

const inCircles =
  'The list of integrations could not be read to its end: its pages lead in a circle. Those that it named were exported.';
const tooLong = `The list of integrations names more than ${maxNamed}. Those that are beyond were not exported.`;

/** What a page of the list brings. */
export interface ListEffects {
  /** These are to be exported from now on. */
  readonly joining: readonly IntegrationRun[];
  readonly quarantined: readonly QuarantinedRow[];
}

const nothing: ListEffects = { joining: [], quarantined: [] };

interface Context {
  readonly requester: Requester;
  readonly integrations: IntegrationRuns;
  readonly failures: Failures;
  /** Called before a page's integrations are taken in. @throws {ForeignSource} @throws {LostRace} @throws {StoreFailure} */
  readonly recognise: (rows: readonly IntegrationRow[]) => Promise<void>;
}

export class ListReader {
  readonly #context: Context;
  readonly #began: number;
  readonly #walk: ListWalk;
  readonly #rows = new Map<string, IntegrationRow>();
  /** It can't be read on in this run, for another reason than the run's own end. */
  #isBroken = false;
  /** Its next page does not fit before the deadline; others may. */
  #isLate = false;

  /** @param left what an earlier run has left. @param now in milliseconds. */
  constructor(context: Context, left: ListReading | null, now: number) {
    this.#context = context;
    const goesOn = left !== null && left.began <= now && now - left.began < maxAgeMs;
    this.#began = goesOn ? left.began : now;
    this.#walk = new ListWalk(goesOn ? left.place : null);
  }

  /** There is nothing more to be asked for. */
  get isOver(): boolean {
    return this.#isBroken || this.#isLate || this.#walk.wanted === undefined;
  }

  get isLate(): boolean {
    return this.#isLate;
  }

  /** It was read to its end. */
  get isWhole(): boolean {
    return this.#walk.isWhole;
  }

  /** It has said something in this run, if only that there is nobody. */
  get hasSpoken(): boolean {
    return this.isWhole || this.#rows.size > 0;
  }

  /** By id: the rows that this run has read. */
  get rows(): ReadonlyMap<string, IntegrationRow> {
    return this.#rows;
  }

  /**
   * Asks for its next page, which it has while it is not over. Nothing changes until the answer is taken.
   * @throws as {@link Requester.request}
   */
  async request(): Promise<Answer> {
    const cursor = this.#walk.wanted?.cursor ?? null;
    const { answer } = await this.#context.requester.request({ endpoint: 'list', path, cursor });
    return answer;
  }

  /**
   * It had no answer: what it would have named is not known in this run.
   * @returns a sentence for a person, where there is one. @throws what is not its own affair.
   */
  giveUp(error: unknown): string | undefined {
    if (error instanceof OutOfTime) {
      this.#isLate = true;
      return undefined;
    }
    if (!(error instanceof Unanswered)) throw error;
    if (!error.connected) throw new Denied(error.message);
    this.#isBroken = true;
    return `The list of integrations could not be read. ${error.message}`;
  }

  /** Takes in the answer to what was asked for. @throws {ForeignSource} @throws {LostRace} @throws {StoreFailure} */
  async take(answer: Answer): Promise<ListEffects> {
    if (answer.kind !== 'page') {
      this.#walk.take(refused);
      return nothing;
    }
    const { integrations, recognise } = this.#context;
    const read = answer.results.map(readIntegrationRow);
    const rows = read.filter((row) => 'line' in row);
    const quarantined = read.filter((row) => 'reason' in row);
    await recognise(rows);
    const joining: IntegrationRun[] = [];
    let namesNew = false;
    for (const row of rows) {
      namesNew ||= !this.#isNamed(row.integrationId);
      this.#rows.set(row.integrationId, row);
      const joins = integrations.takeListed(row.integrationId);
      if (joins) joining.push(joins);
    }
    const namesTheKnown = joining.length === 0 && integrations.present.every(({ id }) => this.#isNamed(id));
    this.#walk.take({ rows: answer.results.length, ...answer.links, namesNew, namesTheKnown });
    if (this.#rows.size > maxNamed) this.#breakOff(tooLong);
    else if (!this.#walk.wanted && !this.isWhole) this.#breakOff(inCircles);
    return { joining, quarantined };
  }

  /** Judges who is still there. To be called when this run has read what it could. */
  conclude(): void {
    const { integrations, failures } = this.#context;
    const reading = {
      began: this.#began,
      isWhole: this.isWhole,
      isNamed: ({ id }: IntegrationRun) => this.#isNamed(id),
    };
    failures.add(...judgeList(integrations, reading));
    if (this.left) for (const id of this.#rows.keys()) integrations.byId.get(id)?.rememberNamed(this.#began);
  }

  /** What the next run goes on with, once the records are written; null: it begins anew. */
  get left(): ListReading | null {
    const cursor = this.#walk.wanted?.cursor;
    return this.#isBroken || typeof cursor !== 'string' ? null : { began: this.#began, place: cursor };
  }

  #breakOff(why: string): void {
    this.#isBroken = true;
    this.#context.failures.add(why);
  }

  /** This reading has named it, in this run or in one before. */
  #isNamed(id: string): boolean {
    return (
      this.#rows.has(id) || this.#context.integrations.byId.get(id)?.state.namedInReading === this.#began
    );
  }
}
