/**
 * Mutants that are the same program: no test could tell them apart. Each is named by its text, as docs/mutation.md
 * prints it, so that it outlives the lines around it.
 */
import type { Mutant } from './mutants.ts';

export interface Equivalent {
  readonly file: string;
  readonly original: string;
  readonly mutated: string;
  /** The line in which it begins, where the file has the same text elsewhere. */
  readonly context?: string;
  /** Where there are several of them on such a line: which, from 0. */
  readonly which?: number;
  readonly why: string;
}

export const equivalents: readonly Equivalent[] = [
  {
    file: 'lambda/walk/contact.ts',
    original: '!top || !bottom',
    mutated: '!top && !bottom',
    why: 'What was touched has a first and a last, or neither.',
  },
  {
    file: 'lambda/walk/contact.ts',
    original: 'top !== bottom',
    mutated: 'true',
    why: 'A stretch that takes its own place keeps it.',
  },
  {
    file: 'lambda/walk/contact.ts',
    original: 'range.newest > top.newest',
    mutated: 'range.newest >= top.newest',
    why: 'Where they are equal, what is set is the same.',
  },
  {
    file: 'lambda/walk/contact.ts',
    original: 'newest < above.oldest',
    mutated: 'newest <= above.oldest',
    why: 'No two stretches share a sync.',
  },
  {
    file: 'lambda/walk/contact.ts',
    original: 'range.newest < oldest',
    mutated: 'range.newest <= oldest',
    why: 'Where they are equal, the range touches the stretch, which was asked before.',
  },
  {
    file: 'lambda/walk/contact.ts',
    original: 'false',
    mutated: 'true',
    context:
      'const stretch: Stretch = { ...range, place: null, closed: false, refused: false, deadEnd: false };',
    which: 1,
    why: 'The place is set next, and with it that it was not refused.',
  },
  {
    file: 'lambda/walk/contact.ts',
    original: 'newest < range.newest',
    mutated: 'newest <= range.newest',
    why: 'A page that touches nothing shares no sync with a stretch.',
  },
  {
    file: 'lambda/walk/contact.ts',
    original: 'one <= other',
    mutated: 'one < other',
    why: 'Where they are equal, they are the same sync, which is asked next.',
  },
  {
    file: 'lambda/walk/history.ts',
    original: 'start > latest',
    mutated: 'start >= latest',
    why: 'Where they are equal, what is set is the same.',
  },
  {
    file: 'lambda/walk/history.ts',
    original: 'stretches.at(-1)?.closed',
    mutated: 'stretches.at(-1).closed',
    why: 'There is at least the stretch itself.',
  },
  {
    file: 'lambda/walk/history.ts',
    original: 'beforeDay < beforeEdge',
    mutated: 'beforeDay <= beforeEdge',
    why: 'Where they are equal, what is set is the same.',
  },
  {
    file: 'lambda/walk/open-syncs.ts',
    original: 'a.start > b.start',
    mutated: 'a.start >= b.start',
    why: 'A sync is listed once.',
  },
  {
    file: 'lambda/walk/open-syncs.ts',
    original: '[]',
    mutated: '["Stryker was here"]',
    why: 'What is of no day is asked about on none.',
  },
  {
    file: 'lambda/walk/open-syncs.ts',
    original: 'last > history.givenUpTo',
    mutated: 'last >= history.givenUpTo',
    why: 'Where they are equal, what is set is the same.',
  },
  {
    file: 'lambda/walk/open-syncs.ts',
    original: 'givenUpTo !== null',
    mutated: 'true',
    context:
      'return givenUpTo !== null && givenUpTo > instantOf(now - abandonedAfterMs) ? givenUpTo : undefined;',
    why: 'Nothing is greater than null, nor smaller.',
  },
  {
    file: 'lambda/walk/open-syncs.ts',
    original: 'givenUpTo !== null',
    mutated: 'true',
    context: 'return givenUpTo !== null && givenUpTo > limit ? givenUpTo : limit;',
    why: 'Nothing is greater than null, nor smaller.',
  },
  {
    file: 'lambda/walk/open-syncs.ts',
    original: 'givenUpTo > limit',
    mutated: 'givenUpTo >= limit',
    why: 'Where they are equal, what is set is the same.',
  },
  {
    file: 'lambda/walk/page.ts',
    original: 'start > newest',
    mutated: 'start >= newest',
    why: 'Where they are equal, what is set is the same.',
  },
  {
    file: 'lambda/walk/page.ts',
    original: 'start < oldest',
    mutated: 'start <= oldest',
    why: 'Where they are equal, what is set is the same.',
  },
  {
    file: 'lambda/walk/scans.ts',
    original: '[]',
    mutated: '["Stryker was here"]',
    context: 'const added: Instant[] = [];',
    why: 'It is later than any time up to which is counted.',
  },
  {
    file: 'lambda/walk/scans.ts',
    original: 'pass.oldest !== null',
    mutated: 'true',
    why: 'Nothing is greater than null, nor smaller.',
  },
  {
    file: 'lambda/walk/scans.ts',
    original: 'pass.newest !== null',
    mutated: 'true',
    why: 'Nothing is greater than null, nor smaller.',
  },
  {
    file: 'lambda/walk/scans.ts',
    original: 'start < pass.oldest',
    mutated: 'start <= pass.oldest',
    why: 'Where they are equal, what is set is the same.',
  },
  {
    file: 'lambda/walk/scans.ts',
    original: 'start > pass.newest',
    mutated: 'start >= pass.newest',
    why: 'Where they are equal, what is set is the same.',
  },
  {
    file: 'lambda/walk/second-look.ts',
    original: "reach === 'asked'",
    mutated: 'false',
    why: 'A look that a person asks for is under way already: there is none to begin.',
  },
  {
    file: 'lambda/walk/second-look.ts',
    original: 'page !== refused',
    mutated: 'true',
    why: 'A refusal is a symbol, which has no rows and no links.',
  },
  {
    file: 'lambda/walk/second-look.ts',
    original: '!current',
    mutated: 'false',
    which: 1,
    why: 'It is called only while one is under way.',
  },
  {
    file: 'lambda/walk/second-look.ts',
    original: '!current',
    mutated: 'false',
    which: 2,
    why: 'It is called only while one is under way.',
  },
  {
    file: 'lambda/walk/second-look.ts',
    original: '(looks[other].last ?? 0) < current.began',
    mutated: '(looks[other].last ?? 0) <= current.began',
    why: 'Where they are equal, what is set is the same.',
  },
  {
    file: 'lambda/walk/sorting.ts',
    original: 'rising.length > falling.length',
    mutated: 'rising.length >= falling.length',
    why: 'That they are equal was asked before.',
  },
  {
    file: 'lambda/walk/sorting.ts',
    original: '[]',
    mutated: '["Stryker was here"]',
    context: 'const ends: number[] = [];',
    why: 'An end that all rows follow, and that is no row, ends no run; what precedes the first row is set with it.',
  },
  {
    file: 'lambda/walk/sorting.ts',
    original: '[]',
    mutated: '["Stryker was here"]',
    context: 'const previous: number[] = [];',
    why: 'An end that all rows follow, and that is no row, ends no run; what precedes the first row is set with it.',
  },
  {
    file: 'lambda/walk/sorting.ts',
    original: '-1',
    mutated: '+1',
    context:
      'for (let at = ends.at(-1) ?? -1; at >= 0; at = previous[at] ?? -1) run.push(starts[at] as Instant);',
    which: 2,
    why: 'Each row has one before it, or -1; without a row nothing is asked.',
  },
  {
    file: 'lambda/walk/tally.ts',
    original: 'start > newest',
    mutated: 'start >= newest',
    why: 'Where they are equal, what is set is the same.',
  },
  {
    file: 'lambda/walk/tally.ts',
    original: 'start < oldest',
    mutated: 'start <= oldest',
    why: 'Where they are equal, what is set is the same.',
  },
  {
    file: 'lambda/walk/open-sync-search.ts',
    original: 'this.#range.oldest <= start',
    mutated: 'this.#range.oldest < start',
    context:
      'return this.#range !== undefined && this.#range.oldest <= start && start <= this.#range.newest;',
    why: 'Where they are equal, the sync stands on a page of this run, and was met: it is looked for no more.',
  },
  {
    file: 'lambda/walk/open-sync-search.ts',
    original: 'start <= this.#range.newest',
    mutated: 'start < this.#range.newest',
    why: 'Where they are equal, the sync stands on a page of this run, and was met: it is looked for no more.',
  },
  {
    file: 'lambda/walk/open-sync-search.ts',
    original: 'this.#cursor === undefined',
    mutated: 'false',
    why: 'Without a way on, going down asks for nothing.',
  },
  {
    file: 'lambda/walk/open-sync-search.ts',
    original: 'start > range.oldest',
    mutated: 'start >= range.oldest',
    why: 'Where they are equal, the sync stands on a page of this run, and was met: it is looked for no more.',
  },
  {
    file: 'lambda/walk/open-sync-search.ts',
    original: 'page === refused',
    mutated: 'false',
    context: 'if (page === refused || !range || range.newest < start) return;',
    why: 'What was refused has no range; behind the empty page there is no way on in either case.',
  },
  {
    file: 'lambda/walk/open-sync-search.ts',
    original: 'start < known.oldest',
    mutated: 'start <= known.oldest',
    why: 'Where they are equal, the sync stands on a page of this run, and was met: it is looked for no more.',
  },
  {
    file: 'lambda/walk/open-sync-search.ts',
    original: 'start > this.#range.newest',
    mutated: 'start >= this.#range.newest',
    why: 'Where they are equal, the sync stands on a page of this run, and was met: it is looked for no more.',
  },
  {
    file: 'lambda/walk/open-sync-search.ts',
    original: 'page.count === 0 && this.#walk.older(page) === undefined',
    mutated: 'false',
    why: 'An empty page without a link leaves no way on in either case.',
  },
  {
    file: 'lambda/walk/open-sync-search.ts',
    original: 'older !== undefined',
    mutated: 'true',
    why: 'What is not there was not visited.',
  },
  {
    file: 'lambda/walk/full-scan.ts',
    original: 'scans.before?.pages',
    mutated: 'scans.before.pages',
    why: 'Passes that did not agree have one before them.',
  },
  {
    file: 'lambda/walk/full-scan.ts',
    original: 'askedAt !== undefined',
    mutated: 'true',
    why: 'No time minus another is no number, and not greater than one.',
  },
  {
    file: 'lambda/walk/full-scan.ts',
    original: 'pass.oldest !== null',
    mutated: 'true',
    why: 'Nothing is greater than null, nor smaller.',
  },
  {
    file: 'lambda/walk/full-scan.ts',
    original: 'newest === null || oldest === null',
    mutated: 'newest === null && oldest === null',
    why: 'A tally has both or neither.',
  },
  {
    file: 'lambda/walk/full-scan.ts',
    original: 'newest === null',
    mutated: 'false',
    why: 'A tally has both or neither.',
  },
  {
    file: 'lambda/walk/full-scan.ts',
    original: 'oldest === null',
    mutated: 'false',
    why: 'A tally has both or neither.',
  },
  {
    file: 'lambda/walk/full-scan.ts',
    original: 'history.headAt !== null',
    mutated: 'true',
    why: 'What is known is whole up to a time: an invariant.',
  },
  {
    file: 'lambda/walk/full-scan.ts',
    original: 'known.oldest < oldest',
    mutated: 'known.oldest <= oldest',
    why: 'Where they are equal, what is set is the same.',
  },
  {
    file: 'lambda/walk/head.ts',
    original: '!stretch',
    mutated: 'false',
    why: 'The page tells its time: what it is joined to is there.',
  },
  {
    file: 'lambda/walk/head.ts',
    original: 'top && !top.closed',
    mutated: 'true',
    why: 'Where the newest stretch is closed, an end below it says nothing.',
  },
  {
    file: 'lambda/walk/head.ts',
    original: 'top && !top.closed',
    mutated: 'top || !top.closed',
    why: 'Where the newest stretch is closed, an end below it says nothing.',
  },
  {
    file: 'lambda/walk/head.ts',
    original: '[false, false]',
    mutated: '[]',
    why: 'What is not defined is as good as false.',
  },
  {
    file: 'lambda/walk/head.ts',
    original: 'isDisordered ||= hasBegun(page)',
    mutated: 'isDisordered &&= hasBegun(page)',
    why: 'A page with a row that has begun has taken back that the list is empty, before this is asked.',
  },
  {
    file: 'lambda/walk/head.ts',
    original: 'true',
    mutated: 'false',
    context: 'return { page, at, hasRows: true, isDisordered };',
    why: 'Whether there are rows is asked only where none tells its time.',
  },
  {
    file: 'lambda/walk/head.ts',
    original: 'beyond !== refused',
    mutated: 'true',
    why: 'A refusal is a symbol, which has no rows and no links.',
  },
  {
    file: 'lambda/walk/head.ts',
    original: 'kept !== refused',
    mutated: 'true',
    context: 'const linked = kept !== refused && (kept.next ?? kept.prev) !== undefined;',
    why: 'A refusal is a symbol, which has no rows and no links.',
  },
  {
    file: 'lambda/walk/head.ts',
    original: 'kept !== refused',
    mutated: 'true',
    context: 'if (kept !== refused && kept.prev !== undefined) {',
    why: 'A refusal is a symbol, which has no rows and no links.',
  },
  {
    file: 'lambda/walk/head.ts',
    original: 'before !== refused',
    mutated: 'true',
    why: 'A refusal is a symbol, which has no rows and no links.',
  },
  {
    file: 'lambda/walk/close-gaps.ts',
    original: 'range.newest < stretch.oldest',
    mutated: 'range.newest <= stretch.oldest',
    why: 'Where they are equal, the range touches the stretch, which was asked before.',
  },
  {
    file: 'lambda/walk/close-gaps.ts',
    original: 'range.oldest > stretch.newest',
    mutated: 'range.oldest >= stretch.newest',
    why: 'Where they are equal, the range touches the stretch, which was asked before.',
  },
  {
    file: 'lambda/walk/read-whole.ts',
    original: '[false, false]',
    mutated: '[]',
    why: 'What is not defined is as good as false.',
  },
  {
    file: 'lambda/walk/read-whole.ts',
    original: 'false',
    mutated: 'true',
    context: 'let [emptied, rereading] = [false, false];',
    which: 0,
    why: 'The first page sets both, and before it neither is asked.',
  },
  {
    file: 'lambda/walk/read-whole.ts',
    original: 'false',
    mutated: 'true',
    context: 'let [emptied, rereading] = [false, false];',
    which: 1,
    why: 'The first page sets both, and before it neither is asked.',
  },
];

export function isNamed(
  mutant: Mutant,
  { file, original, mutated, context, which = 0 }: Equivalent,
): boolean {
  return (
    mutant.file === file &&
    mutant.original === original &&
    mutant.mutated === mutated &&
    mutant.ordinal === which &&
    (context === undefined || mutant.context === context)
  );
}
