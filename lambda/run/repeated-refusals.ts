/**
 * Who is told 429 again although others were answered meanwhile. It is not the limit of all that such a one meets,
 * and all others would stand still if they waited with it.
 */
export class RepeatedRefusals {
  #answers = 0;
  /** How many answers there had been when each was refused last. */
  readonly #answersBefore = new Map<string, number>();

  answered(path: string): void {
    this.#answers += 1;
    this.#answersBefore.delete(path);
  }

  /** @returns whether it is this one's own refusal. */
  refused(path: string): boolean {
    const before = this.#answersBefore.get(path);
    this.#answersBefore.set(path, this.#answers);
    return before !== undefined && this.#answers > before;
  }
}
