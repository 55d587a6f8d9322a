/**
 * Rows that have to stand in the lake, since coverage or the checkpoint speak of them: the lake is never behind. It may
 * be ahead: one that the checkpoint waits for may be over. They are noted before the days are read, and struck off as
 * they are met.
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
}

export class WantedRows {
  readonly #bySecond = new Map<string, Wanted[]>();

  want(row: Wanted): void {
    const second = secondOf(row.integrationId, row.start);
    this.#bySecond.set(second, [...(this.#bySecond.get(second) ?? []), row]);
  }

  meet({ integrationId, sync }: PlacedSync): void {
    const second = secondOf(integrationId, sync.start);
    const wanted = this.#bySecond.get(second);
    if (!wanted) return;
    const left = wanted.filter(({ start }) => !mayBeOne(start, sync.start));
    if (left.length > 0) this.#bySecond.set(second, left);
    else this.#bySecond.delete(second);
  }

  tellMissing(findings: Findings): void {
    for (const wanted of this.#bySecond.values())
      for (const { kind, key, integrationId, detail } of wanted)
        findings.add(kind, key, integrationId, detail);
  }
}
