/** What is half made on the disk, and is taken away where its maker does not come to an end of his own. */

/** Of this process, as its signals are: what makes something does not know which command has it made. */
const halfMade = new Set<() => void>();

/** @param clear what is half made, without waiting. @returns what to call where it is whole, or cleared. */
export function clearedWhenStopped(clear: () => void): () => void {
  halfMade.add(clear);
  return () => void halfMade.delete(clear);
}

/** The newest first: it may lie in an older one. */
export function clearHalfMade(): void {
  for (const clear of [...halfMade].reverse()) {
    try {
      clear();
    } catch {
      // It is ending: there is nobody who could do more, and the others are still to be cleared.
    }
  }
  halfMade.clear();
}
