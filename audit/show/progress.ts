/** How far it is: a line that changes on a terminal, and elsewhere one now and then. */

const betweenMs = { terminal: 100, lines: 15_000 };

export class Progress {
  readonly #stream: NodeJS.WriteStream;
  /** A dumb terminal would show what moves its cursor as signs. */
  readonly #isLineChanged: boolean;
  #shownAt: number;
  #isShown = false;

  constructor(stream: NodeJS.WriteStream) {
    this.#stream = stream;
    this.#isLineChanged = stream.isTTY && process.env.TERM !== 'dumb';
    // What is over in a moment shows nothing elsewhere.
    this.#shownAt = this.#isLineChanged ? 0 : performance.now();
  }

  show(text: string): void {
    const now = performance.now();
    if (now - this.#shownAt < (this.#isLineChanged ? betweenMs.terminal : betweenMs.lines)) return;
    this.#shownAt = now;
    this.#isShown = true;
    this.#stream.write(this.#isLineChanged ? `\r\u001b[K${text}` : `${text}\n`);
  }

  end(): void {
    if (this.#isShown && this.#isLineChanged) this.#stream.write('\r\u001b[K');
  }
}
