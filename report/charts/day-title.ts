/** What the pointer is told of a day; its worst status stands there as a sign. */
import type { Day } from '../figures/day.ts';
import { plural } from '../markup/figure.ts';
import { dateOf } from '../markup/time.ts';
import { statusLooks } from './status-look.ts';

export function dayTitle({ day, status, syncs, without_success }: Day): string {
  const date = dateOf(day).slice(0, -5);
  if (syncs === 0n) return `${date}: ${statusLooks[status].word}`;
  if (status === 'success') return `${date}: ${plural(Number(syncs), 'sync')}`;
  if (status === 'open') return `${date}: ${plural(Number(syncs), 'sync')} so far`;
  return `${date}: ${without_success} of ${syncs} failed`;
}
