/** What is measured: a ratio, a size or a count, with the goal that it is held against. */
export interface Measure {
  readonly name: string;
  readonly value: string;
  /** Empty where it is only told. */
  readonly goal: string;
  readonly met: boolean;
}

/** @param atLeast the goal is the least that will do, not the most. */
export function measure(name: string, value: number, goal: number, digits: number, atLeast = false): Measure {
  const met = atLeast ? value >= goal : value <= goal;
  return { name, value: value.toFixed(digits), goal: `${atLeast ? '≥' : '≤'} ${goal}`, met };
}

/** What there is no goal for: it hangs on the world, not on the program alone. */
export function figure(name: string, value: number, digits: number): Measure {
  return { name, value: value.toFixed(digits), goal: '', met: true };
}
