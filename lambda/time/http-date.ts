/** Of today, of 1989, and ISO 8601, which some send: each with its zone. */
const withZone = [
  /^[a-z]{3}, \d{1,2} [a-z]{3} \d{4} [\d:]{5,8} (GMT|UTC)$/i,
  /^[a-z]{6,9}, \d{1,2}-[a-z]{3}-\d{2} [\d:]{5,8} (GMT|UTC)$/i,
  /^\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:?\d\d)$/i,
];
/** Of C's asctime: it names no zone, and means GMT. */
const withoutZone = /^[a-z]{3} [a-z]{3} [ \d]\d [\d:]{8} \d{4}$/i;

/** A header's date in milliseconds; NaN where it is none: `Date.parse` alone makes a year of `5`. */
export function httpDate(text: string | null): number {
  const date = text?.trim() ?? '';
  if (withoutZone.test(date)) return Date.parse(`${date} GMT`);
  return withZone.some((form) => form.test(date)) ? Date.parse(date) : Number.NaN;
}
