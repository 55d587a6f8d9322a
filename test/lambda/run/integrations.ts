/** Integrations in a run, and answers as Braze would give them. */
import { newIntegrationState } from '../../../lambda/checkpoint/integration-record.ts';
import { type Instant, instantOf } from '../../../lambda/rows/instant.ts';
import type { Sourced } from '../../../lambda/rows/json-source.ts';
import { IntegrationRun } from '../../../lambda/run/integration-run.ts';
import type { ReadRow } from '../../../lambda/run/read-rows.ts';
import type { Answer } from '../../../lambda/run/requester.ts';
import { type History, newHistory, type Stretch } from '../../../lambda/walk/history.ts';
import { parseSourced } from '../rows/parse-sourced.ts';

export const now = Date.UTC(2026, 5, 1, 12);
const hourMs = 60 * 60_000;

/** So many hours before `now`. */
export const ago = (hours: number): Instant => instantOf(now - hours * hourMs);

/** From so many hours ago to so many. */
export const stretch = (newest: number, oldest: number, more: Partial<Stretch> = {}): Stretch => ({
  newest: ago(newest),
  oldest: ago(oldest),
  place: null,
  closed: false,
  refused: false,
  deadEnd: false,
  ...more,
});

/** A history of which these stretches are known, newest first. */
export const historyOf = (stretches: Stretch[], more: Partial<History> = {}): History => ({
  ...newHistory(),
  order: 'newest_first',
  headAt: now - hourMs,
  stretches,
  ...more,
});

/** @param version of its record in the store. */
export const runOf = (id: string, history: History = newHistory(), version?: number): IntegrationRun =>
  new IntegrationRun({ ...newIntegrationState(id), history }, version);

/** A row as Braze sends it; without a status, it is running. */
export const sourced = (hours: number, status = 'running'): Sourced =>
  parseSourced(JSON.stringify({ job_status: status, sync_start_time: `${ago(hours)}Z`, rows_synced: 1 }));

type Links = Extract<Answer, { kind: 'page' }>['links'];

/** A page of syncs that started so many hours ago and have ended well. */
export const answerOf = (hours: readonly number[], links: Links = {}): Answer => ({
  kind: 'page',
  results: hours.map((each) => sourced(each, 'success')),
  links,
});

/** How an answer was asked for, at `now`. */
export const asked = (cursor: string | null = null, more: { now?: number; isListed?: boolean } = {}) => ({
  cursor,
  askedAt: now,
  now,
  isListed: true,
  ...more,
});

/** Reads the head of an integration, which is a page of syncs that started so many hours ago. @returns its rows. */
export function readHead(
  integration: IntegrationRun,
  hours: readonly number[],
  links: Links = {},
): readonly ReadRow[] {
  integration.startHead();
  integration.next();
  integration.isBeingAsked(now);
  return integration.take(answerOf(hours, links), asked()).rows;
}
