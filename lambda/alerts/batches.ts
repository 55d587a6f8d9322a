/** AWS takes ten entries a call, and 256 KB together. */
export const mostEntries = 10;

/** Some room is left for what AWS counts besides. */
export const mostBytes = 240_000;

/** In their order. An entry that is too large by itself has a batch of its own. */
export function batchesOf<T>(entries: readonly T[], bytesOf: (entry: T) => number): T[][] {
  const batches: T[][] = [];
  let bytes = 0;
  for (const entry of entries) {
    const size = bytesOf(entry);
    const last = batches.at(-1);
    if (last && last.length < mostEntries && bytes + size <= mostBytes) {
      last.push(entry);
      bytes += size;
    } else {
      batches.push([entry]);
      bytes = size;
    }
  }
  return batches;
}
