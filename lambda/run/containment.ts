/**
 * What fails for its own reason holds back the integrations that it belongs to, and nothing else: a damaged object,
 * a record that is too large, one object's permission. A store that does nothing of what it is asked fails the run.
 *
 * An error does not always tell which of the two it is. So the others do: where the first few all fail, it is the
 * store.
 */
import { BrokenHistory } from '../errors/broken-history.ts';
import { Damaged } from '../errors/damaged.ts';
import { StoreFailure } from '../errors/store-failure.ts';
import { aFewAtOnce } from './a-few-at-once.ts';
import type { IntegrationRun } from './integration-run.ts';

/** So many failures before anything has succeeded are the store's. */
const maxFailures = 8;

/** Whether an error may be the matter of one object or record. */
type Contained = Damaged | BrokenHistory | StoreFailure;

export function isContained(error: unknown): error is Contained {
  if (error instanceof BrokenHistory) return true;
  return error instanceof Damaged || (error instanceof StoreFailure && !error.isOfWholeStore);
}

export class Containment {
  readonly #integrations: ReadonlyMap<string, IntegrationRun>;
  /** What has failed, in sentences; of what holds back nobody who was not held back before, nothing more is said. */
  readonly failures: string[] = [];

  constructor(integrations: ReadonlyMap<string, IntegrationRun>) {
    this.#integrations = integrations;
  }

  /**
   * Does the work for each item, and goes on with the others where it fails.
   * @param idsOf whose integrations an item is. @param isAlive the store has just done something else.
   * @returns whether anything has succeeded. @throws what is not contained.
   */
  async each<T>(
    items: Iterable<T>,
    { idsOf, isAlive }: { readonly idsOf: (item: T) => Iterable<string>; readonly isAlive: boolean },
    work: (item: T) => Promise<void>,
  ): Promise<boolean> {
    let failures = 0;
    let succeeded = isAlive;
    await aFewAtOnce(items, async (item) => {
      try {
        await work(item);
        succeeded = true;
      } catch (error) {
        if (!isContained(error)) throw error;
        if (error instanceof StoreFailure) failures += 1;
        if (!succeeded && failures >= maxFailures) throw error;
        this.#holdBack(idsOf(item), error);
      }
    });
    return succeeded;
  }

  #holdBack(ids: Iterable<string>, error: Contained): void {
    const concerned = [...new Set(ids)].flatMap((id) => this.#integrations.get(id) ?? []);
    const held = concerned.filter(({ isHeldBack }) => !isHeldBack);
    for (const integration of held) integration.holdBack(error.message);
    const isNews = held.length > 0 || concerned.length === 0 || error instanceof Damaged;
    if (isNews) this.failures.push(error.message);
  }
}
