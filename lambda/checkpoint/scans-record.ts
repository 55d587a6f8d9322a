/** What is kept of the passes through a list in no order, as a record has it. */
import * as z from 'zod';
import { instantOf } from '../rows/instant.ts';
import type { Scans } from '../walk/scans.ts';
import { cursor, instant, moment, time, timeOf } from './fields.ts';

const amount = z.number().int().nonnegative();

const tally = z.object({
  count: amount,
  digest: z.string().regex(/^[0-9a-f]{32}$/),
  newest: instant.nullable(),
  oldest: instant.nullable(),
});

const pass = z.object({
  began: moment,
  place: cursor,
  pages: amount,
  hasRows: z.boolean(),
  own: tally,
  common: tally,
  recent: z.array(instant),
  newest: instant.nullable(),
  oldest: instant.nullable(),
  newestFirst: z.boolean(),
  oldestFirst: z.boolean(),
});

export const scansSchema = z.object({
  current: pass.nullable(),
  before: z.object({ began: moment, pages: amount, tally }).nullable(),
  disagreed: amount,
  restingSince: time,
  headAt: time,
});

export function scansData({ current, before, disagreed, restingSince, headAt }: Scans): unknown {
  return {
    current: current && { ...current, began: instantOf(current.began) },
    before: before && { ...before, began: instantOf(before.began) },
    disagreed,
    restingSince: timeOf(restingSince),
    headAt: timeOf(headAt),
  };
}
