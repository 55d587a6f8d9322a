import fc from 'fast-check';

/** Shrinks to the first of them. */
export function weighted<T>(choices: readonly (readonly [number, fc.Arbitrary<T>])[]): fc.Arbitrary<T> {
  return fc.oneof(
    { withCrossShrink: true },
    ...choices.map(([weight, arbitrary]) => ({ weight, arbitrary })),
  );
}

/** Null in the rest of the cases. @param share in tenths. */
export function rarely<T>(share: number, arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | null> {
  const tenths = Math.round(share * 10);
  return weighted<T | null>([
    [10 - tenths, fc.constant(null)],
    [tenths, arbitrary],
  ]);
}
