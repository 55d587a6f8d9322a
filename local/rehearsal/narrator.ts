/** Tells what is done, step by step: what begins, what comes of it, and how long it took. */
export type Say = (text: string) => void;

export interface Narrator {
  /** @returns what the work gives. When it throws, nothing more is told. */
  step<T>(title: string, work: (say: Say) => Promise<T>): Promise<T>;
  /** The step that began last. */
  readonly current: string;
}

export function narrate(write: Say): Narrator {
  let steps = 0;
  let current = 'the beginning';
  return {
    get current() {
      return current;
    },
    step: async (title, work) => {
      const began = performance.now();
      steps += 1;
      current = `step ${steps}, “${title}”`;
      write(`${String(steps).padStart(2)}  ${title}`);
      const outcome = await work((text) => write(`    ${text}`));
      write(`    ${((performance.now() - began) / 1000).toFixed(1)} s`);
      return outcome;
    },
  };
}
