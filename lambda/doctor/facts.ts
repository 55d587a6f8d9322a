/**
 * How the API answers this workspace, in words of our own: what nobody without a key can know. No key, id, name, host
 * or number of anything is in it, so that it can be shown to others.
 */
import type { Reply } from '../braze/transport.ts';
import type { Order } from '../walk/sorting.ts';
import { type CursorKind, kindOfCursor, offsetIn } from './cursor-facts.ts';
import { type LimitHeaders, limitHeadersOf } from './limit-checks.ts';
import { formOfLink, isEscaped, type LinkForm, shapeOfLink } from './link-facts.ts';
import {
  digitsOf,
  type Fields,
  fieldsOf,
  integrationFields,
  nullsOf,
  orderOf,
  placedOf,
  syncFields,
  unknownFields,
  wordsOf,
} from './row-facts.ts';
import { isPage, type Page, type Sightings } from './sightings.ts';

/** What was not seen is undefined. */
export interface Facts {
  readonly order: Order | 'mixed' | undefined;
  readonly linkForm: LinkForm | undefined;
  readonly linkShapes: readonly string[];
  readonly escapedCursors: boolean | undefined;
  readonly cursorKind: CursorKind | undefined;
  /** Whether a cursor goes as far as its page is long. */
  readonly stepIsPage: boolean | undefined;
  readonly pastEnd: 'empty' | 'invalid_cursor' | undefined;
  readonly prevAtFirstPage: 'none' | 'self' | undefined;
  readonly prevToFirstPage: 'cursor' | 'bare' | undefined;
  readonly withoutRows: 'results' | 'message_only' | undefined;
  readonly unknownIntegration: 400 | 404 | undefined;
  readonly limitHeaders: LimitHeaders | undefined;
  /** What a 429 tells, where there was one. */
  readonly limitHeadersOn429: readonly string[];
  readonly capitalisedStatuses: boolean | undefined;
  readonly pretty: boolean | undefined;
  readonly startDigits: readonly number[];
  readonly lastTimestampDigits: readonly number[];
  readonly syncNulls: readonly string[];
  readonly integrationNulls: readonly string[];
  readonly unknownSyncFields: readonly string[];
  readonly unknownIntegrationFields: readonly string[];
  readonly jobStatuses: readonly string[];
  readonly integrationStatuses: readonly string[];
  /** Where `next_scheduled_run` lies, by `integration_status`. */
  readonly nextScheduledRuns: readonly string[];
}

export function factsOf(sightings: Sightings, refusals: readonly Reply[], origin: string): Facts {
  const { heads, second, beyond, stranger } = sightings;
  const list = sightings.list.filter(isPage);
  const status = [...heads.map(({ asked }) => asked), second].filter(isPage);
  const all = [...list, ...status];
  const rows = status.flatMap(fieldsOf);
  const integrations = list.flatMap(fieldsOf);
  const links = all.flatMap(({ reply }) => reply.headers.get('link') ?? []);
  const forms = new Set(links.map((link) => formOfLink(link, origin)));
  const next = status.map(({ answer }) => answer.links.next).find((cursor) => cursor);
  const nextOf = heads
    .map(({ asked }) => asked)
    .filter(isPage)
    .find(({ answer }) => answer.links.next);
  const kinds = all.map(({ reply }) => limitHeadersOf(reply));
  return {
    order: orderIn(sightings),
    linkForm: linkFormIn(forms),
    linkShapes: [...new Set(links.map(shapeOfLink))].sort(),
    escapedCursors: links.map(isEscaped).find((escaped) => escaped !== undefined),
    cursorKind: next === undefined ? undefined : kindOfCursor(next),
    stepIsPage: stepIn(nextOf),
    pastEnd: pastEndIn(beyond),
    prevAtFirstPage: isPage(sightings.back)
      ? sightings.back.answer.links.prev === undefined
        ? 'none'
        : 'self'
      : undefined,
    prevToFirstPage: prevIn(second),
    withoutRows: withoutRowsIn(status),
    unknownIntegration: unknownIn(stranger),
    limitHeaders: kinds.find((kind) => kind === 'nonsense') ?? kinds[0],
    limitHeadersOn429: [...new Set(refusals.flatMap(limitNames))].sort(),
    capitalisedStatuses: firstOf(rows, 'job_status', (text) => /^[A-Z]/.test(text)),
    pretty: all[0] && /\n/.test(all[0].reply.body.trim()),
    startDigits: digitsOf(rows, 'sync_start_time'),
    lastTimestampDigits: digitsOf(rows, 'last_timestamp_synced'),
    syncNulls: nullsOf(rows, syncFields),
    integrationNulls: nullsOf(integrations, integrationFields),
    unknownSyncFields: unknownFields(rows, syncFields),
    unknownIntegrationFields: unknownFields(integrations, integrationFields),
    jobStatuses: wordsOf(rows, 'job_status'),
    integrationStatuses: wordsOf(integrations, 'integration_status'),
    nextScheduledRuns: nextRunsIn(list),
  };
}

function orderIn({ heads }: Sightings): Facts['order'] {
  const orders = heads.flatMap(({ id, asked }) =>
    isPage(asked) ? (orderOf(placedOf(id, asked).map(({ start }) => start)) ?? []) : [],
  );
  const different = new Set(orders);
  if (different.size <= 1) return orders[0];
  return different.has('unordered') ? 'unordered' : 'mixed';
}

/** A well-formed link with a short id looks the same in two forms: the odd one says more. */
function linkFormIn(forms: ReadonlySet<LinkForm>): LinkForm | undefined {
  const byOddness: readonly LinkForm[] = [
    'hostile',
    'foreign',
    'spaced',
    'documented',
    'absolute',
    'relative',
  ];
  return byOddness.find((form) => forms.has(form));
}

function stepIn(page: Page | undefined): boolean | undefined {
  const offset = offsetIn(page?.answer.links.next ?? '');
  return page && offset !== undefined ? offset === page.answer.results.length : undefined;
}

function pastEndIn(beyond: Sightings['beyond']): Facts['pastEnd'] {
  if (isPage(beyond)) return beyond.answer.results.length === 0 ? 'empty' : undefined;
  return beyond?.kind === 'answered' && beyond.answer.kind === 'cursor_refused'
    ? 'invalid_cursor'
    : undefined;
}

function prevIn(second: Sightings['second']): Facts['prevToFirstPage'] {
  const prev = isPage(second) ? second.answer.links.prev : undefined;
  if (prev === undefined) return undefined;
  return prev === '' ? 'bare' : 'cursor';
}

function withoutRowsIn(status: readonly Page[]): Facts['withoutRows'] {
  const empty = status.find(({ answer }) => answer.results.length === 0);
  if (!empty) return undefined;
  return /"results"/.test(empty.reply.body) ? 'results' : 'message_only';
}

function unknownIn(stranger: Sightings['stranger']): Facts['unknownIntegration'] {
  const isRefusal = stranger.kind === 'answered' && stranger.answer.kind === 'unknown_integration';
  const status = isRefusal ? stranger.reply.status : undefined;
  return status === 400 || status === 404 ? status : undefined;
}

const limitNames = ({ headers }: Reply): string[] =>
  [
    'x-ratelimit-limit',
    'x-ratelimit-remaining',
    'x-ratelimit-reset',
    'x-ratelimit-retry-after',
    'retry-after',
  ].filter((name) => headers.has(name));

function firstOf(rows: readonly Fields[], name: string, is: (text: string) => boolean): boolean | undefined {
  const text = rows.map((row) => row[name]).find((value) => typeof value === 'string');
  return text === undefined ? undefined : is(text);
}

function nextRunsIn(list: readonly Page[]): string[] {
  const seen = list.flatMap((page) =>
    fieldsOf(page).map((row) => {
      const [status = 'none'] = wordsOf([row], 'integration_status');
      return `${status}: ${whenIs(row.next_scheduled_run, page.at)}`;
    }),
  );
  return [...new Set(seen)].sort();
}

function whenIs(value: unknown, now: number): 'null' | 'past' | 'future' | 'odd' {
  if (value === null || value === undefined) return 'null';
  const time = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(time)) return 'odd';
  return time < now ? 'past' : 'future';
}
