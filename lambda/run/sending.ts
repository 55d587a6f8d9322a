/**
 * What is asked for, and how much of it at once.
 *
 * 1. The first request of a run goes alone, the list's, and then the first for an integration: what they are told
 *    about the key, or by nobody, is told once.
 * 2. From that answer on, a few integrations are read side by side, one request each, and the list beside them.
 * 3. What comes back waits until it is taken: see {@link Taking}.
 */
import type { RateLimiters } from '../checkpoint/lease.ts';
import { OutOfTime } from '../errors/out-of-time.ts';
import type { HeldFailures } from './held-failures.ts';
import type { IntegrationRun } from './integration-run.ts';
import type { IntegrationRuns } from './integration-runs.ts';
import type { ListReader } from './list-reader.ts';
import { PageQueue } from './page-queue.ts';
import { requestPage } from './request-page.ts';
import type { Requester } from './requester.ts';
import { type Arrival, RequestsUnderWay } from './requests-under-way.ts';
import type { RunOptions, RunPorts } from './run-options.ts';

/**
 * Integrations that are read side by side, one request each, when Braze has answered for the first one. So many use
 * up a limit of 100 in half a minute where an answer takes 2.5 s, and the last window of a run as well.
 */
const maxUnderWay = 12;
/** As many while it is in doubt whether the key is good: if it isn't, all of them are in vain. */
const maxUnderWayInDoubt = 3;

interface Context {
  readonly requester: Requester;
  readonly limiters: RateLimiters;
  readonly integrations: IntegrationRuns;
  /** Undefined where the integrations are named by hand. */
  readonly list: ListReader | undefined;
  readonly held: HeldFailures;
}

export class Sending {
  readonly #context: Context;
  readonly #clock: RunPorts['clock'];
  readonly #queue: PageQueue;
  readonly #underWay = new RequestsUnderWay();
  /** An answer for an integration shows that the key is good; the list's, that somebody is there. */
  #heardFrom: 'nobody' | 'list' | 'integration' = 'nobody';
  /** No further status request fits before the deadline. */
  #outOfTime: OutOfTime | undefined;

  constructor(
    { deadline = Number.POSITIVE_INFINITY }: RunOptions,
    { clock, random }: RunPorts,
    context: Context,
  ) {
    this.#context = context;
    this.#clock = clock;
    const conditions = { clock, random, deadline, limiter: context.limiters.status };
    this.#queue = new PageQueue(context.integrations.due, conditions);
  }

  /** Asks for as many pages as may be under way, the list's among them. */
  send(): void {
    const { limiters } = this.#context;
    const now = this.#clock.now();
    const isUnheard = this.#heardFrom === 'nobody';
    // A request that has to wait for its limit holds nobody up.
    const isListAlone = isUnheard && limiters.list.delay(now) === 0;
    const isStatusAlone = this.#heardFrom !== 'integration' && limiters.status.delay(now) === 0;
    if (isUnheard) this.#sendList();
    if (isListAlone && this.#underWay.hasList) return;
    this.#sendStatus();
    if (isStatusAlone && this.#underWay.integrations.size > 0) return;
    this.#sendList();
  }

  /** Nothing is under way, and nothing waits to be taken. */
  get isIdle(): boolean {
    return this.#underWay.isEmpty;
  }

  /** Waits for one to come back. */
  take(): Promise<Arrival> {
    return this.#underWay.take();
  }

  /** Those whose request is under way. */
  get underWay(): ReadonlySet<IntegrationRun> {
    return this.#underWay.integrations;
  }

  /** The list was answered. */
  listAnswered(): void {
    if (this.#heardFrom === 'nobody') this.#heardFrom = 'list';
  }

  /** An integration was. */
  integrationAnswered(): void {
    this.#heardFrom = 'integration';
  }

  /** The list has named these: they are asked for, too. */
  join(integrations: readonly IntegrationRun[]): void {
    this.#queue.join(integrations);
  }

  /** It has to wait: others go on. @param isAlone they were answered meanwhile. */
  putAside(integration: IntegrationRun, isAlone: boolean): void {
    this.#queue.putAside(integration, isAlone);
  }

  /** It is not asked again in this run. */
  leaveOut(integration: IntegrationRun): void {
    this.#queue.leaveOut(integration);
  }

  /** No status request is sent any more. The list has a limit of its own: its next page may still fit. */
  endStatus(error: OutOfTime): void {
    this.#outOfTime ??= error;
  }

  /** What was left because it did not fit before the deadline. */
  get outOfTime(): OutOfTime | undefined {
    return this.#outOfTime ?? (this.#context.list?.isLate ? new OutOfTime() : undefined);
  }

  #sendList(): void {
    const { list } = this.#context;
    if (list && !list.isOver && !this.#underWay.hasList) this.#underWay.addList(list.request());
  }

  #sendStatus(): void {
    const { requester, integrations } = this.#context;
    const underWay = this.#underWay.integrations;
    while (!this.#outOfTime && underWay.size < this.#maxUnderWay) {
      const page = this.#queue.next(underWay);
      if (!page) return;
      const { integration, cursor } = page;
      const hasOthers = () => integrations.due.length > 1;
      this.#underWay.add(integration, requestPage(requester, integration, cursor, hasOthers));
    }
  }

  get #maxUnderWay(): number {
    if (this.#heardFrom !== 'integration') return 1;
    return this.#context.held.isKeyInDoubt ? maxUnderWayInDoubt : maxUnderWay;
  }
}
