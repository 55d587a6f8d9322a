/** What has changed of the integrations is told before it is taken over. */
import type { WorkspaceFacts } from '../checkpoint/workspace-facts.ts';
import { hasChanged, joinChanges, type Listings } from '../lake/changes.ts';
import { changesKey } from '../schema/keys.ts';
import { type CommitPorts, update } from './commit.ts';

type Ports = Pick<CommitPorts, 'workspace' | 'objects' | 'receipt' | 'now'>;

/**
 * 1. The list and the object of `integrations` show what has changed. What `changes` has told already is left out.
 * 2. The rest is added to `changes`, on the condition that it is what was read.
 *    A crash here: it is ahead of `integrations`. The next run finds the change again, and that it was told.
 * 3. `integrations` is written.
 *
 * `changes` is read only where something has changed, or where it may be ahead: then a change may have been told that
 * has been taken back since, and that has to be told, too.
 */
export class ChangeLog {
  readonly #ports: Ports;
  readonly #facts: WorkspaceFacts;

  /** @param isLakeAhead the run before was killed. This one may not get to the list, and leave it to the next. */
  constructor(ports: Ports, facts: WorkspaceFacts, isLakeAhead: boolean) {
    this.#ports = ports;
    this.#facts = facts;
    facts.areChangesAhead ||= isLakeAhead;
  }

  /** Steps 1 and 2. @param isWhole the list was read to its end. @throws {Damaged} @throws {StoreFailure} */
  async write(listings: Listings, isWhole: boolean): Promise<void> {
    if (!this.#facts.areChangesAhead && !hasChanged(listings)) return;
    const { workspace, now } = this.#ports;
    const key = changesKey(workspace);
    const seenAt = now();
    await update(this.#ports, key, (existing) =>
      joinChanges(existing, key, { ...listings, isWhole, seenAt }),
    );
  }

  /** Step 3 was done as well. */
  areKept(isWhole: boolean): void {
    if (isWhole) this.#facts.areChangesAhead = false;
  }

  mayBeAhead(): void {
    this.#facts.areChangesAhead = true;
  }
}
