/**
 * Which rows are one sync. Braze runs one sync of an integration at a time, so two starts that agree in all the
 * digits that both have are the same sync's, spelled with more or fewer digits: `…35Z`, `…35.183Z`, `…35.183728Z`.
 *
 * That is no equivalence: `35` agrees with `35.1` and with `35.2`, which differ. Hence the rules:
 *
 * 1. The start with the most digits names the sync. A row with fewer digits joins the one sync that agrees with
 *    it; a row with more digits takes over the sync that it agrees with, and names it from then on.
 * 2. Where several syncs agree with a row, it is a spelling of one of them with too few digits to tell which. It
 *    says nothing that its sync's own row does not say, and changes nothing. Only a final row whose finish is none
 *    of theirs says more: it can't be placed, and is quarantined.
 * 3. Of two rows of one sync the one {@link standing} gives stands.
 *
 * So `35`, then `35.1`, then `35.2` end as any other order does: `35.1` takes the sync `35` over, `35.2` differs
 * from that and is another sync, and `35`, seen after them, is a spelling of one of the two.
 */
import { agree, type Instant } from './instant.ts';
import type { QuarantinedRow, SyncRow } from './sync-row.ts';

/** Whether two starts of one integration are one sync's. */
export const isSameSync: (a: Instant, b: Instant) => boolean = agree;

/** Rows of one integration that can be one sync lie in one second, which has this name. */
export const secondOf = (start: Instant): string => start.slice(0, 19);

/** What becomes of a row among the rows of its second that stand already. */
export type Placing =
  | { readonly kind: 'new' }
  /** One of those that stand is its sync's; `stands` is the one of the two that stands from here on. */
  | { readonly kind: 'known'; readonly at: number; readonly stands: SyncRow }
  /** It tells nothing that is not known. */
  | { readonly kind: 'told' }
  | { readonly kind: 'clash'; readonly reason: string };

export const doubleReason = 'Another row has the same start.';
const severalReason = 'Several syncs have its start, and none of them its finish.';

/** @param standingRows of the row's integration and second, no two of them one sync. @param row seen after them. */
export function placingOf(standingRows: readonly SyncRow[], row: SyncRow): Placing {
  const at = (found: SyncRow): Placing => {
    // Finish times do not go back: what ended earlier than what was seen before is another row of the source.
    if (endsEarlier(row, found)) return { kind: 'clash', reason: doubleReason };
    return { kind: 'known', at: standingRows.indexOf(found), stands: rowThatStands(found, row) };
  };
  const exact = standingRows.find(({ start }) => start === row.start);
  if (exact) return at(exact);
  const [finer, ...others] = standingRows.filter(({ start }) => start.startsWith(row.start));
  if (finer && others.length === 0) return at(finer);
  if (finer) {
    const isTold = !row.final || [finer, ...others].some((each) => each.final && endsAsWell(each, row));
    return isTold ? { kind: 'told' } : { kind: 'clash', reason: severalReason };
  }
  const coarser = standingRows.filter(({ start }) => row.start.startsWith(start));
  const nearest = coarser.toSorted((a, b) => b.start.length - a.start.length)[0];
  return nearest ? at(nearest) : { kind: 'new' };
}

/**
 * Which of two rows of one sync stands:
 * final before open; of two finals the later finish; else the start with more digits; else the later observation.
 */
export function rowThatStands(before: SyncRow, after: SyncRow): SyncRow {
  if (before.final !== after.final) return before.final ? before : after;
  if (before.final && !endsAsWell(before, after)) return isEarlier(before, after) ? after : before;
  // Where only one has a finish, that one knows more.
  if (before.final && (before.finish === null) !== (after.finish === null)) {
    return before.finish === null ? after : before;
  }
  if (before.start.length !== after.start.length) {
    return before.start.length > after.start.length ? before : after;
  }
  return after;
}

/** Whether these can't be one observation: both are over, at different times. */
export function areTwo(a: SyncRow, b: SyncRow): boolean {
  return isSameSync(a.start, b.start) && a.final && b.final && !endsAsWell(a, b);
}

/** A row that has to yield to another of its sync. */
export function quarantinedAs(reason: string, { integrationId, line }: SyncRow): QuarantinedRow {
  return { integrationId, reason, raw: JSON.parse(line).raw };
}

function endsEarlier(row: SyncRow, other: SyncRow): boolean {
  return areTwo(row, other) && isEarlier(row, other);
}

function isEarlier(a: SyncRow, b: SyncRow): boolean {
  return (a.finish ?? '') < (b.finish ?? '');
}

/** Finish times may be spelled with more or fewer digits as well; one that is missing may be any. */
function endsAsWell(a: SyncRow, b: SyncRow): boolean {
  return a.finish === null || b.finish === null || agree(a.finish, b.finish);
}
