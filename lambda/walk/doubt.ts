/**
 * What takes something away is believed only when it is confirmed. Rows are taken at once; that a list ends above
 * what is known of it, or holds nothing any more, is a doubt at first, and becomes a fact when the source has said
 * the same for an hour, in a later run, and nothing to the contrary in between.
 */
import type { DoubtKind, History } from './history.ts';

/** So long the source has to say the same; of a list of integrations, too. */
export const confirmedAfterMs = 60 * 60 * 1000;

/** A sentence for a person, in `failure` while the doubt lasts. */
export const doubts: Readonly<Record<DoubtKind, string>> = {
  emptied:
    'Braze lists no sync of this integration any more that has started, though it did. If it still says so in an ' +
    'hour, it is taken as true.',
  cut_short:
    'The list of syncs ends above syncs that are known or not yet read. If it still does in an hour, what lies ' +
    'below is taken as lost and counted in lost_gaps.',
  moved_back:
    'The newest sync that Braze lists is older than one that it listed before. If it still is in an hour, the ' +
    'whole list is read again.',
};

/** What is doubted of a history, in one run. */
export interface Doubting {
  readonly history: History;
  /** What this run was the first to doubt: however long it takes, it can't confirm that itself. */
  readonly doubtedFirst: Set<DoubtKind>;
}

/** @param now when the source said so, in milliseconds. @returns whether it is to be believed. */
export function confirms({ history, doubtedFirst }: Doubting, kind: DoubtKind, now: number): boolean {
  const { doubt } = history;
  if (doubt?.kind !== kind) {
    history.doubt = { kind, since: now };
    doubtedFirst.add(kind);
    return false;
  }
  if (doubtedFirst.has(kind) || now - doubt.since < confirmedAfterMs) return false;
  history.doubt = null;
  return true;
}

/** Whether it is doubted, and asking again can't confirm it yet. @param now in milliseconds. */
export function isUnconfirmed(
  { history: { doubt }, doubtedFirst }: Doubting,
  kind: DoubtKind,
  now: number | null,
): boolean {
  if (doubt?.kind !== kind || now === null) return false;
  return doubtedFirst.has(kind) || now - doubt.since < confirmedAfterMs;
}

/** The source has shown the contrary. */
export function withdraw(history: History, ...kinds: readonly DoubtKind[]): void {
  if (history.doubt && kinds.includes(history.doubt.kind)) history.doubt = null;
}
