/**
 * Rows that have to stand in the lake, since coverage or the checkpoint speak of them: the lake is never behind. They
 * are noted before the days are read, and struck off as they are met.
 */

import type { Findings } from '../findings.ts';
import { mayBeOne } from '../rows/time.ts';
import { type PlacedSync, secondOf } from './day.ts';

interface Wanted {
  /** With as many digits as are known. */
  readonly start: string;
  readonly integrationId: string;
  readonly kind: 'coverage_differs' | 'checkpoint_differs';
  readonly key: string;
  readonly detail: string;
  /** It has to be open. */
  readonly isOpen: boolean;
}

export class WantedRows {
  readonly #bySecond = new Map<string, Wanted[]>();

  want(row: Wanted): void {
    const second = secondOf(row.integrationId, row.start);
    this.#bySecond.set(second, [...(this.#bySecond.get(second) ?? []), row]);
  }

  /** @param isLakeAhead then a row may be final, and what speaks of it does not know it yet. */
  meet({ integrationId, sync }: PlacedSync, isLakeAhead: boolean): void {
    const second = secondOf(integrationId, sync.start);
    const wanted = this.#bySecond.get(second);
    if (!wanted) return;
    const left = wanted.filter(
      ({ start, isOpen }) => !mayBeOne(start, sync.start) || (isOpen && sync.isFinal && !isLakeAhead),
    );
    if (left.length > 0) this.#bySecond.set(second, left);
    else this.#bySecond.delete(second);
  }

  /** @param isBehind whether what speaks of an integration may be older than its rows: one that is not open any more has ended since. */
  tellMissing(findings: Findings, isBehind: (integrationId: string) => boolean): void {
    for (const wanted of this.#bySecond.values())
      for (const { kind, key, integrationId, detail, isOpen } of wanted)
        if (!isOpen || !isBehind(integrationId)) findings.add(kind, key, integrationId, detail);
  }
}
