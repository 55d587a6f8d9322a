/** What the fields of a record hold: times are written as instants, and are milliseconds where they are read. */
import * as z from 'zod';
import { type Instant, instantOf, millisecondsOf, parseInstant } from '../rows/instant.ts';
import { isFields } from './defaults.ts';

export const instant = z.string().transform((text, context) => {
  const parsed = parseInstant(`${text}Z`);
  if (parsed !== undefined && parsed === text) return parsed;
  context.addIssue({ code: 'custom', message: 'not an instant' });
  return z.NEVER;
});

export const moment = instant.transform(millisecondsOf);
export const time = moment.nullable();
export const cursor = z.string().nullable();

/** An object's fields, whatever their names are: z.record leaves out one such as `__proto__`. */
export const entriesOf = <Value extends z.ZodType>(value: Value) =>
  z.preprocess(
    (found) => (isFields(found) ? Object.entries(found) : found),
    z.array(z.tuple([z.string(), value])),
  );

export function timeOf(milliseconds: number | null): Instant | null {
  return milliseconds === null ? null : instantOf(milliseconds);
}
