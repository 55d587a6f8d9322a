/** The days that a chart spans. */

const dayMs = 86_400_000;
/** Fewer would be bars as wide as a hand. */
const fewestDays = 21;

export const dateOfDay = (day: string): Date => new Date(`${day}T00:00:00Z`);

/** From the first day on which there is anything to the end of the last, but never too few. */
export function spanned(first: string, last: string): [Date, Date] {
  const end = dateOfDay(last).getTime() + dayMs;
  return [new Date(Math.min(dateOfDay(first).getTime(), end - fewestDays * dayMs)), new Date(end)];
}
