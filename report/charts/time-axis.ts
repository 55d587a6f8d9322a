/** The days that a chart spans. */

const dayMs = 86_400_000;
/** Fewer would be bars as wide as a hand. */
const fewestDays = 21;

export const dateOfDay = (day: string): Date => new Date(`${day}T00:00:00Z`);

/** From one day to the end of another. */
export const spanOfDays = (first: string, last: string): [Date, Date] => [
  dateOfDay(first),
  new Date(dateOfDay(last).getTime() + dayMs),
];

/**
 * From the first day on which there is anything to the end of the last, but never too few; and nothing before the
 * report's own first day: an empty day there would say that nothing happened.
 */
export function spanned(first: string, last: string, firstOfAll: string): [Date, Date] {
  const [from, to] = spanOfDays(first, last);
  const wanted = Math.min(from.getTime(), to.getTime() - fewestDays * dayMs);
  return [new Date(Math.max(wanted, dateOfDay(firstOfAll).getTime())), to];
}
