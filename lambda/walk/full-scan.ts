/**
 * Lists in no order: nothing short of the whole list says anything. It is read whole in passes, each over as many runs
 * as it takes, and two passes that have met the same syncs prove that neither was robbed of one by a purge: a row
 * that pulls others up past the cursor is itself met by the first pass and missed by the second.
 */
import { instantOf } from '../rows/instant.ts';
import { confirms, withdraw } from './doubt.ts';
import { gapsOf, type History } from './history.ts';
import { type Cursor, mayHaveBegun, type Page, refused } from './page.ts';
import { readWhole } from './read-whole.ts';
import { type EndedPass, newScans, type Pass } from './scans.ts';
import { isSameTally } from './tally.ts';
import type { Job, Walk } from './walk.ts';

/** After so many passes in a row that do not agree, it is enough for a while. */
const maxPasses = 3;
/** A list of so many pages is read whole in every run; a longer one once a day. */
const maxPagesOfSmall = 3;
/** Pages at the top of a longer one that are read in every run, at the most. */
const maxPagesOfHead = 3;
const dayMs = 24 * 60 * 60 * 1000;
/**
 * The passes that did not agree are tried again after a minute for each page of the list, a day at the most: they take
 * three requests a minute, then, however long the list is.
 */
const restOfPageMs = 60 * 1000;
/** So long after the last proof that is still good, a list that is read whole once a day has missed its day. */
const maxRestMs = 2 * dayMs;

/** The list has few pages, or nothing is known of it yet: a pass begins in every run, and there is no other head. */
export function isScannedInEveryRun({ scans: { current, before } }: History): boolean {
  return current === null && (before === null || before.pages <= maxPagesOfSmall);
}

/**
 * The first page of a list that is not read whole in every run, and on while a page brings a sync that has started
 * since the last time: where new ones are listed near the top, they come soon. It proves nothing.
 */
export function* headOfUnordered(walk: Walk): Job {
  const { history } = walk;
  if (isScannedInEveryRun(history)) return;
  const { scans } = history;
  if (isProofLost(history)) walk.obstacle = scans.disagreed > 0 ? restless : endless;
  const knownUpTo = instantOf(scans.headAt ?? 0);
  let cursor: Cursor | null = null;
  for (let pages = 0; pages < maxPagesOfHead; pages += 1) {
    const page: Page | typeof refused = yield cursor;
    if (page === refused) return;
    if (mayHaveBegun(page)) withdraw(history, 'emptied');
    if (pages === 0) scans.headAt = page.at;
    walk.headRead = true;
    const isNew = page.starts.some((start) => start > knownUpTo);
    if (!isNew || page.next === undefined) return;
    cursor = page.next;
  }
}

/** Whether the list is to be read whole, or on from where the run before had come to. */
export function isPassDue({ history, headRead, askedAt }: Walk): boolean {
  const { scans, looks } = history;
  if (history.order !== 'unordered') return false;
  if (scans.current || gapsOf(history) > 0 || looks.asked.current) return true;
  if (isScannedInEveryRun(history)) return !headRead;
  // Two passes have not agreed: that is settled now, also where the list has just grown past the small ones.
  if (scans.disagreed % maxPasses > 0) return true;
  const restMs = scans.disagreed > 0 ? Math.min(dayMs, (scans.before?.pages ?? 0) * restOfPageMs) : dayMs;
  return askedAt !== undefined && askedAt - (scans.restingSince ?? 0) >= restMs;
}

/**
 * What was proved of a list in no order is no longer good: its passes do not agree, or none comes to its end. Up to
 * when it was proved stays true, and says less and less.
 */
export function isProofLost({ order, scans: { disagreed, restingSince, headAt } }: History): boolean {
  if (order !== 'unordered') return false;
  return disagreed >= maxPasses || (headAt ?? 0) - (restingSince ?? headAt ?? 0) >= maxRestMs;
}

/**
 * 1. Read the list from its first page to its end, or go on where an earlier run had come to. A place that is of no
 *    use any more: begin anew.
 * 2. Of each pass, count the syncs up to its own beginning, and those up to the beginning of the pass before it.
 * 3. The second count of a pass is the same as the first one of the pass before: the history is whole up to the
 *    beginning of that pass before. What was proved earlier stands until then, however many passes do not agree.
 * 4. A pass of a single page is one moment of the list, and proves the history up to its own beginning; but not where
 *    the pass before had more, since a page may have lost the link that it had.
 * 5. Where the last pass met the rows in order after all, that order is proved again.
 */
export function* fullScan(walk: Walk): Job {
  for (let passes = 0; passes < maxPasses && isPassDue(walk); passes += 1) {
    const pass = yield* readWhole(walk);
    if (!pass) return;
    if (conclude(walk, pass)) return;
  }
  if (walk.history.scans.disagreed > 0) walk.obstacle = restless;
}

const endless = 'The rows are in no order, and no reading of the whole list has come to its end for days.';
const restless = 'The rows are in no order, and changed in every sweep; the next run goes on.';

/** @returns whether the pass agrees with the one before, or needs no other. */
function conclude(walk: Walk, pass: Pass): boolean {
  const { history } = walk;
  const { scans, looks } = history;
  const { before } = scans;
  const ended: EndedPass = { began: pass.began, pages: pass.pages, tally: pass.own };
  scans.before = ended;
  if (looks.asked.current && looks.asked.current.began <= pass.began) looks.asked.current = null;
  if (gapsOf(history) === 0) history.recheckedAt = pass.began;

  const isOneMoment = pass.pages === 1 && (before === null || before.pages <= 1);
  const agrees = before !== null && isSameTally(before.tally, pass.common);
  if (isOneMoment || agrees) {
    scans.disagreed = 0;
    scans.restingSince = walk.askedAt ?? pass.began;
    if (prove(walk, isOneMoment || !before ? ended : before, pass)) sort(history, pass);
    return true;
  }
  scans.disagreed += 1;
  if (scans.disagreed % maxPasses === 0) scans.restingSince = walk.askedAt ?? pass.began;
  return false;
}

/** @returns false where the source says what nobody believes yet. */
function prove(walk: Walk, proof: EndedPass, pass: Pass): boolean {
  const { history } = walk;
  const { newest, oldest } = proof.tally;
  if (newest === null || oldest === null) return proveEmpty(walk, proof, pass);
  const [known] = history.stretches;
  const joins = known && history.headAt !== null && oldest <= instantOf(history.headAt);
  // All that was known has left the list: what came and went in between, nobody knows.
  if (known && !joins) history.lostGaps += 1;
  history.stretches = [
    {
      newest,
      oldest: joins && known.oldest < oldest ? known.oldest : oldest,
      place: null,
      closed: true,
      refused: false,
      deadEnd: false,
    },
  ];
  history.empty = false;
  history.headAt = proof.began;
  walk.headRead = true;
  return true;
}

/** No sync had started when the first pass began. Where some were known, that is a doubt, as in a list in order. */
function proveEmpty(walk: Walk, proof: EndedPass, pass: Pass): boolean {
  const { history } = walk;
  if (pass.hasRows && pass.newest === null) {
    // A failure, which the run tells.
    return false;
  }
  if (history.stretches.length > 0) {
    const askedAt = walk.askedAt ?? pass.began;
    // Rows that have begun since then: the next pass tells more.
    if (pass.oldest !== null && pass.oldest <= instantOf(askedAt)) return false;
    if (!history.empty && !confirms(walk, 'emptied', askedAt)) return false;
  } else {
    history.headAt = proof.began;
  }
  history.empty = true;
  walk.headRead = true;
  return true;
}

function sort(history: History, { newest, oldest, newestFirst, oldestFirst, place }: Pass): void {
  if (newest === oldest || !(newestFirst || oldestFirst)) return;
  history.order = newestFirst ? 'newest_first' : 'oldest_first';
  history.tail = oldestFirst ? place : null;
  history.proved = true;
  history.scans = newScans();
}
