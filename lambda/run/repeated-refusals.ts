/**
 * Who is told 429 again although others were answered meanwhile. It is not the limit of all that such a one meets,
 * and all others would stand still if they waited with it.
 *
 * An answer tells something only where it was asked for after the refusal: what was under way already may have got
 * the last places of a limit that is used up for all.
 */
const maxInARow = 6;

/**
 * - `shared`: all have to wait, and it asks again.
 * - `lasting`: all have to wait, and it lets others ask: perhaps there is nobody else who could show whose it is.
 * - `own`: it has to wait by itself.
 */
export type Refusal = 'shared' | 'lasting' | 'own';

export class RepeatedRefusals {
  #sent = 0;
  /** Which of those that were sent is the last one that was answered. */
  #lastAnswered = 0;
  /** How often each was refused in a row, and how many had been sent when that began. */
  readonly #rows = new Map<string, { readonly times: number; readonly sentBefore: number }>();

  /** A request is sent. @returns which one it is. */
  sent(): number {
    this.#sent += 1;
    return this.#sent;
  }

  answered(path: string, ordinal: number): void {
    this.#lastAnswered = Math.max(this.#lastAnswered, ordinal);
    this.#rows.delete(path);
  }

  refused(path: string): Refusal {
    const row = this.#rows.get(path);
    const times = (row?.times ?? 0) + 1;
    const isOwn = row !== undefined && this.#lastAnswered > row.sentBefore;
    if (isOwn || times >= maxInARow) {
      this.#rows.set(path, { times: 0, sentBefore: this.#sent });
      return isOwn ? 'own' : 'lasting';
    }
    this.#rows.set(path, { times, sentBefore: row?.sentBefore ?? this.#sent });
    return 'shared';
  }
}
