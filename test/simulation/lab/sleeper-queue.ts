/** Who sleeps until when, as a binary heap: the first to wake is at its root. */

export interface Sleeper {
  readonly until: number;
  /** Who fell asleep first wakes first. */
  readonly ordinal: number;
  readonly wake: () => void;
}

export class SleeperQueue {
  readonly #heap: Sleeper[] = [];
  readonly #forgotten = new Set<Sleeper>();
  #added = 0;

  get size(): number {
    return this.#heap.length - this.#forgotten.size;
  }

  /** @returns what takes the sleeper out of the queue again. */
  add(until: number, wake: () => void): () => void {
    const sleeper = { until, ordinal: this.#added++, wake };
    const heap = this.#heap;
    let index = heap.push(sleeper) - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!isBefore(sleeper, heap[parent])) break;
      heap[index] = heap[parent] as Sleeper;
      index = parent;
    }
    heap[index] = sleeper;
    return () => {
      if (heap.includes(sleeper)) this.#forgotten.add(sleeper);
    };
  }

  takeFirst(): Sleeper | undefined {
    for (let first = this.#takeRoot(); first; first = this.#takeRoot()) {
      if (!this.#forgotten.delete(first)) return first;
    }
    return undefined;
  }

  #takeRoot(): Sleeper | undefined {
    const heap = this.#heap;
    const root = heap[0];
    const last = heap.pop();
    if (heap.length === 0 || !last) return root;
    let index = 0;
    for (;;) {
      const left = 2 * index + 1;
      const child = isBefore(heap[left + 1], heap[left]) ? left + 1 : left;
      if (!isBefore(heap[child], last)) break;
      heap[index] = heap[child] as Sleeper;
      index = child;
    }
    heap[index] = last;
    return root;
  }
}

function isBefore(one: Sleeper | undefined, other: Sleeper | undefined): boolean {
  if (!one || !other) return one !== undefined;
  return one.until < other.until || (one.until === other.until && one.ordinal < other.ordinal);
}
