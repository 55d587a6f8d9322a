/** Whole microseconds since the epoch: what Braze's timestamps carry and a `Date` does not. Fits a double until 2255. */
export type Microseconds = number;

/** As Braze writes it: `2026-03-25T12:53:35.183728Z`. */
export function timestamp(microseconds: Microseconds): string {
  const milliseconds = Math.floor(microseconds / 1000);
  const rest = String(microseconds - milliseconds * 1000).padStart(3, '0');
  return `${new Date(milliseconds).toISOString().slice(0, -1)}${rest}Z`;
}
