/** Time in the simulated workspace: it stands still until a step lets some pass, so that what a run finds is known. */
export class WorkspaceTime {
  #stoodAt: number;
  #flowsSince: number | undefined;

  /** @param start in milliseconds since the epoch. */
  constructor(start: number) {
    this.#stoodAt = start;
  }

  now(): number {
    return this.#stoodAt + (this.#flowsSince === undefined ? 0 : Date.now() - this.#flowsSince);
  }

  pass(minutes: number): void {
    this.#stoodAt += minutes * 60_000;
  }

  /** From now on it passes by itself. */
  flow(): void {
    this.#flowsSince = Date.now();
  }
}
