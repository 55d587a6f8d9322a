/**
 * The values that a field of a cron expression lists, in order; undefined where it is wrong. The parser takes
 * lists to be in order, and does not know steps inside of them.
 */
export function valuesOf(
  text: string,
  low: number,
  high: number,
  names: readonly string[],
): readonly number[] | undefined {
  const values = new Set<number>();
  for (const item of text.split(',')) {
    const [range = '', step, ...rest] = item.split('/');
    const [from, to] = boundsOf(range, step === undefined);
    const every = step === undefined ? 1 : numberOf(step);
    // Comparisons with what is not a number are false.
    if (rest.length > 0 || !(low <= from && from <= to && to <= high && 1 <= every && every <= high)) {
      return undefined;
    }
    for (let value = from; value <= to; value += every) values.add(value);
  }
  return [...values].sort((a, b) => a - b);

  function boundsOf(range: string, single: boolean): readonly [number, number] {
    // A star in a list, without a step, would make the rest of the list pointless: AWS refuses it.
    if (range === '*') return single ? [Number.NaN, Number.NaN] : [low, high];
    const [first = '', last, ...rest] = range.split('-').map(numberOf);
    if (rest.length > 0) return [Number.NaN, Number.NaN];
    return [Number(first), last ?? (single ? Number(first) : high)];
  }

  function numberOf(digits: string): number {
    const named = names.indexOf(digits);
    if (named !== -1) return named + low;
    return /^\d{1,4}$/.test(digits) ? Number(digits) : Number.NaN;
  }
}
