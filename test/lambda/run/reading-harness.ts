/** A run between its load and its end: what is asked for, and what comes of it, step by step. */
import { newWorkspaceFacts } from '../../../lambda/checkpoint/workspace-facts.ts';
import { RateLimiter } from '../../../lambda/rate-limit/rate-limiter.ts';
import { Failures } from '../../../lambda/run/failures.ts';
import { HeldFailures } from '../../../lambda/run/held-failures.ts';
import type { IntegrationRun } from '../../../lambda/run/integration-run.ts';
import { IntegrationRuns } from '../../../lambda/run/integration-runs.ts';
import { ListReader } from '../../../lambda/run/list-reader.ts';
import { MonthsBehind } from '../../../lambda/run/months-behind.ts';
import { newReceipt } from '../../../lambda/run/receipt.ts';
import type { Answer, Answered, PageRequest, Requester } from '../../../lambda/run/requester.ts';
import type { RunEvent } from '../../../lambda/run/run-events.ts';
import { Sending } from '../../../lambda/run/sending.ts';
import { Taking } from '../../../lambda/run/taking.ts';
import { Uncommitted } from '../../../lambda/run/uncommitted.ts';
import { Placings } from '../../../lambda/run/unplaced.ts';
import { MemoryCheckpointStore } from '../../simulation/lab/memory-checkpoint-store.ts';
import { MemoryObjectStore } from '../../simulation/lab/memory-object-store.ts';
import { now } from './integrations.ts';

interface Asked extends PageRequest {
  readonly resolve: (answered: Answered) => void;
  readonly reject: (error: unknown) => void;
}

interface Options {
  /** Those that are to be exported. */
  readonly due: readonly string[];
  /** @default true */
  readonly hasList?: boolean;
}

export class ReadingHarness {
  readonly clock = { now: () => now, sleep: async () => {} };
  readonly limiters = { list: new RateLimiter(50, now), status: new RateLimiter(100, now) };
  readonly events: RunEvent[] = [];
  readonly receipt = newReceipt('w');
  readonly failures = new Failures((event) => this.events.push(event));
  readonly held = new HeldFailures(this.failures);
  readonly integrations = new IntegrationRuns();
  readonly placings = new Placings();
  readonly list: ListReader | undefined;
  readonly uncommitted: Uncommitted;
  readonly sending: Sending;
  readonly taking: Taking;
  /** What was asked for and not answered yet. */
  readonly #asked = new Map<string, Asked>();

  constructor({ due, hasList = true }: Options) {
    const { clock, limiters, receipt, failures, held, integrations } = this;
    integrations.takeNamed(due);
    const request = (page: PageRequest) =>
      new Promise<Answered>((resolve, reject) => {
        page.onSend?.(now);
        const what = page.endpoint === 'list' ? 'list' : (page.path.split('/')[3] ?? '');
        this.#asked.set(what, { ...page, resolve, reject });
      });
    const requester = { request } as unknown as Requester;
    const recognise = async () => {};
    this.list = hasList
      ? new ListReader({ requester, integrations, failures, recognise }, null, now)
      : undefined;
    const done = async () => {};
    const report = (event: RunEvent) => void this.events.push(event);
    const facts = { ...newWorkspaceFacts(), monthsBehind: [] };
    const ports = {
      workspace: 'w',
      objects: new MemoryObjectStore(),
      checkpoints: new MemoryCheckpointStore(),
      renewLease: done,
      keepLease: done,
      receipt,
      now: clock.now,
      report,
      monthsBehind: new MonthsBehind({ facts, writeFacts: done, now: clock.now }),
    };
    this.uncommitted = new Uncommitted(ports, integrations, failures, 100);
    const shared = { integrations, list: this.list, held };
    const options = { workspace: 'w', limits: { list: 50, status: 100 } };
    const random = () => 0;
    this.sending = new Sending(options, { clock, random } as never, { ...shared, requester, limiters });
    const { sending, uncommitted, placings } = this;
    this.taking = new Taking({ ...shared, sending, uncommitted, placings, failures, receipt, report });
  }

  /** What is under way: ids, and `list`. */
  get asked(): string[] {
    return [...this.#asked.keys()].sort();
  }

  /** Asks for as much as may be under way. @returns {@link asked} */
  send(): string[] {
    this.sending.send();
    return this.asked;
  }

  of(id: string): IntegrationRun {
    const found = this.integrations.byId.get(id);
    if (!found) throw new Error(`There is no ${id}.`);
    return found;
  }

  /** Whether others could be asked in its place, as whoever asks for it is told. */
  hasOthers(what: string): boolean | undefined {
    return this.#asked.get(what)?.hasOthers?.();
  }

  /** It is limited again and again, and goes on waiting. */
  limit(what: string): void {
    this.#asked.get(what)?.onLimited?.();
  }

  /** What was asked for is answered, or fails; and that is taken. */
  async take(what: string, answer: Answer | Error): Promise<void> {
    this.arrive(what, answer);
    await this.taking.take(await this.sending.take());
  }

  /** As {@link take}, but nobody takes it yet. */
  arrive(what: string, answer: Answer | Error): void {
    const asked = this.#asked.get(what);
    if (!asked) throw new Error(`${what} was not asked for.`);
    this.#asked.delete(what);
    if (answer instanceof Error) asked.reject(answer);
    else asked.resolve({ answer, askedAt: now, answeredAt: now });
  }
}
