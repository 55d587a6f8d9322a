/** The rate limit, as the answers tell of it. */
import type { Reply } from '../braze/transport.ts';
import { readLimitNotice } from '../rate-limit/rate-limit-headers.ts';
import { type Check, failed, ok, skipped, warning } from './check.ts';
import { isPage, type Page, type Sightings } from './sightings.ts';

export interface Limits {
  readonly list: number;
  readonly status: number;
}

/** As `limitHeaders` of the simulated Braze; undefined: something else. */
export type LimitHeaders = 'epoch' | 'seconds_left' | 'none' | 'nonsense';

const names = ['x-ratelimit-limit', 'x-ratelimit-remaining', 'x-ratelimit-reset'];

export function limitHeadersOf({ headers }: Reply): LimitHeaders {
  const texts = names.map((name) => headers.get(name));
  const others = ['x-ratelimit-retry-after', 'retry-after'].some((name) => headers.has(name));
  if (texts.every((text) => text === null)) return others ? 'nonsense' : 'none';
  if (!texts.every((text) => text !== null && /^\d{1,12}$/.test(text))) return 'nonsense';
  return Number(texts[2]) >= 1_000_000_000 ? 'epoch' : 'seconds_left';
}

export function limitChecks(sightings: Sightings, refusals: readonly Reply[], budget: Limits): Check[] {
  const list = sightings.list.filter(isPage);
  const status = sightings.heads.map(({ asked }) => asked).filter(isPage);
  return [
    roomCheck(sightings, refusals),
    ...budgetCheck('list budget', '--list-requests-per-minute', list, budget.list),
    ...budgetCheck('status budget', '--requests-per-minute', status, budget.status),
    headersCheck([...list, ...status]),
  ];
}

const otherTools =
  'Other tools use it, too: lower --requests-per-minute (requestsPerMinute in cdk.json), so that all have room.';

/** Where it is all that was heard, nobody can say that the rest is sound. */
function roomCheck({ list, stranger, heads }: Sightings, refusals: readonly Reply[]): Check {
  if (refusals.length === 0) return ok('room', 'no request was refused');
  const all = [...list, stranger, ...heads.map(({ asked }) => asked)];
  if (all.some(({ kind }) => kind === 'answered'))
    return warning('room', 'the limit was used up (429)', otherTools);
  return failed(
    'room',
    'the limit is used up (429), and nothing else was answered: nothing is known of the rest',
    `Ask again in some minutes. ${otherTools}`,
  );
}

function budgetCheck(name: string, option: string, pages: readonly Page[], budget: number): Check[] {
  const told = pages.map(({ reply, at }) => readLimitNotice(reply.headers, at).limit);
  const lowest = Math.min(...told.filter((limit) => limit !== undefined));
  if (!Number.isFinite(lowest)) return [];
  if (lowest >= budget) return [ok(name, 'within the limit')];
  return [
    warning(
      name,
      'above the limit that Braze names',
      `Set ${option} to ${lowest}, or have Braze raise the limit.`,
    ),
  ];
}

function headersCheck(pages: readonly Page[]): Check {
  if (pages.length === 0) return skipped('headers', 'nothing was answered');
  const kinds = new Set(pages.map(({ reply }) => limitHeadersOf(reply)));
  if (kinds.has('nonsense'))
    return warning(
      'headers',
      'some can not be read',
      'The exporter does without, and counts its own requests; look whether a proxy writes them.',
    );
  return ok('headers', kinds.has('none') ? 'none: the exporter counts by itself' : 'as documented');
}
