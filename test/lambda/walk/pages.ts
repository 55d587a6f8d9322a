/** Pages as a walk sees them, and a list that answers what its jobs ask for. */
import type { Instant } from '../../../lambda/rows/instant.ts';
import type { Stretch } from '../../../lambda/walk/history.ts';
import { type Cursor, type Page, refused } from '../../../lambda/walk/page.ts';
import type { Job, Walk } from '../../../lambda/walk/walk.ts';

/** An hour of the first of June; where there are more than a day has, those are of the next days. */
export const hour = (number: number): Instant =>
  new Date(Date.UTC(2026, 5, 1, number)).toISOString().slice(0, 19) as Instant;

/** The same in milliseconds. */
export const at = (number: number): number => Date.UTC(2026, 5, 1, number);

/** A page that was reached by a link names the one that it was reached from. */
export const back = { prev: 'back' } as const;

type Rest = Partial<Pick<Page, 'at' | 'count' | 'next' | 'prev'>>;

/** A page of syncs that started at these hours. */
export const pageOf = (cursor: Cursor | null, hours: readonly number[], rest: Rest = {}): Page => ({
  cursor,
  at: at(23),
  count: hours.length,
  starts: hours.map(hour),
  ...rest,
});

export const stretchOf = (newest: number, oldest: number, rest: Partial<Stretch> = {}): Stretch => ({
  newest: hour(newest),
  oldest: hour(oldest),
  place: null,
  closed: false,
  refused: false,
  deadEnd: false,
  ...rest,
});

/** What a request brings: the hours of its rows, and what else there is to say of the page. */
export type Served = readonly [hours: readonly number[], rest?: Rest];

/**
 * By cursor, and `first` for the page without one: what each request of it brings, the last for ever. What is not
 * there is refused; so is `'refused'`, and `'refused late'`: so long after the answer before that its link may have
 * gone stale.
 */
export type ServedList = Readonly<Record<string, readonly (Served | 'refused' | 'refused late')[]>>;

/** Does a job to its end, or until the order is disproved. @returns what it asked for, `first` where without a cursor. */
export function play(walk: Walk, job: Job, list: ServedList): string[] {
  const asked: string[] = [];
  const served: Record<string, number> = {};
  for (let step = job.next(); !step.done; ) {
    const name = step.value ?? 'first';
    asked.push(name);
    if (asked.length > 1000) throw new Error('The job goes in circles.');
    const answers = list[name] ?? [];
    const answer = answers[Math.min(served[name] ?? 0, answers.length - 1)] ?? 'refused';
    served[name] = (served[name] ?? 0) + 1;
    walk.prompt = answer !== 'refused late';
    if (typeof answer === 'string') {
      step = job.next(refused);
      continue;
    }
    const [hours, rest] = answer;
    const page = pageOf(step.value, hours, rest);
    if (!walk.meet(page)) return asked;
    step = job.next(page);
  }
  return asked;
}
