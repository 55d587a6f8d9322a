/** How far it is: a line that changes on a terminal, and elsewhere one now and then. */

const betweenMs = { terminal: 100, lines: 15_000 };

export class Progress {
  readonly #stream: NodeJS.WriteStream;
  #shownAt: number;
  #isShown = false;

  constructor(stream: NodeJS.WriteStream) {
    this.#stream = stream;
    // What is over in a moment shows nothing elsewhere.
    this.#shownAt = stream.isTTY ? 0 : performance.now();
  }

  show(text: string): void {
    const { isTTY } = this.#stream;
    const now = performance.now();
    if (now - this.#shownAt < (isTTY ? betweenMs.terminal : betweenMs.lines)) return;
    this.#shownAt = now;
    this.#isShown = true;
    this.#stream.write(isTTY ? `\r\u001b[K${text}` : `${text}\n`);
  }

  end(): void {
    if (this.#isShown && this.#stream.isTTY) this.#stream.write('\r\u001b[K');
  }
}
