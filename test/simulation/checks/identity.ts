/** Which sync a row is of, however its start is spelled. */

/** @param spelled cut to milliseconds, where starts come in more than one spelling. */
export function identityOf(integrationId: string, start: unknown, spelled: boolean): string {
  return `${integrationId} ${spelled ? cut(String(start)) : start}`;
}

/** A row as text, with its start in one spelling. */
export function spelledAlike(row: string, spelled: boolean): string {
  if (!spelled) return row;
  return row.replace(/("sync_start_time":")([^"]*)"/, (_, name, start) => `${name}${cut(start)}"`);
}

function cut(start: string): string {
  return start.replace(/(\.\d{3})\d*Z$/, '$1Z');
}
