import type { ToldLie } from './lies/told-lie.ts';

/**
 * Everything about the API that is unknown, was seen in more than one form, or contradicts itself between
 * documents, as switches. An exporter has to be right under every combination.
 */
export interface Quirks {
  /**
   * Order of a status page's rows. `unordered` is a fixed pseudo-random permutation: two rows never change
   * places, whatever is inserted or deleted around them.
   * @default 'newest_first'
   */
  order: 'newest_first' | 'oldest_first' | 'unordered';
  /**
   * How the `Link` header is written.
   * - `documented`: relative targets, the slash before the id missing in `next`, no space after the comma
   * - `relative`: well-formed, relative targets
   * - `absolute`: well-formed, targets on the simulated Braze's own origin
   * - `foreign`: targets on `foreignOrigin`, which must never receive the key
   * - `hostile`: what RFC 8288 allows and naive parsers fall over; the variants take turns by page
   * - `spaced`: white space before the commas between links, which RFC 8288 allows
   * @default 'documented'
   */
  linkForm: 'documented' | 'relative' | 'absolute' | 'foreign' | 'hostile' | 'spaced';
  /** Origin that `linkForm: 'foreign'` names. @default 'https://foreign.example' */
  foreignOrigin: string;
  /** Whether a cursor is percent-encoded in the link's target. The documented example is not. @default false */
  escapedCursors: boolean;
  /**
   * What a cursor is.
   * - `offset`: base64 of `skip:N`, as documented; pages drift while rows come and go
   * - `plus`: an offset whose base64 always holds `+` and `/`, refused when the `+` arrives as a space
   * - `keyset`: names the first row of its page; refused once that row is gone
   * - `expiring`: an offset, refused after `cursorLifetime`
   * @default 'offset'
   */
  cursorKind: 'offset' | 'plus' | 'keyset' | 'expiring';
  /** How long a cursor of the kind `expiring` is good, in milliseconds. @default 300_000 */
  cursorLifetime: number;
  /** What a cursor behind the last row gives: a page without rows, or `400 Invalid cursor`. @default 'empty' */
  pastEnd: 'empty' | 'invalid_cursor';
  /** Whether a last page that is full still links to a next one, which is past the end. @default false */
  nextOnLastFullPage: boolean;
  /** The `prev` of the first page when it was asked for with a cursor: absent, or itself. @default 'none' */
  prevAtFirstPage: 'none' | 'self';
  /** Whether a `prev` that leads to the first page has a cursor, or is the list's bare address. @default 'cursor' */
  prevToFirstPage: 'cursor' | 'bare';
  /** Body where there are no rows at all: an empty list of results, or `{"message":"success"}` alone. @default 'results' */
  withoutRows: 'results' | 'message_only';
  /** Status for an integration that does not exist, or no longer. @default 400 */
  unknownIntegration: 400 | 404;
  /**
   * What answers tell of the rate limit.
   * - `epoch`: limit, remaining and reset, in seconds since the epoch
   * - `seconds_left`: the same, with reset in seconds from now
   * - `retry_after_only_on_429`: as `epoch`, but a 429 has `x-ratelimit-retry-after` in their place
   * - `plain_retry_after`: nothing but `retry-after` on a 429
   * - `none`: nothing
   * - `nonsense`: negative numbers, text, the far future; the variants take turns by request
   * @default 'epoch'
   */
  limitHeaders:
    | 'epoch'
    | 'seconds_left'
    | 'retry_after_only_on_429'
    | 'plain_retry_after'
    | 'none'
    | 'nonsense';
  /** Requests a minute of the status endpoint, shared by all integrations. @default 100 */
  statusLimit: number;
  /** Requests a minute of the list endpoint. @default 50 */
  listLimit: number;
  /** Whether the minute of the limit is the last 60 seconds, or begins with each UTC minute. @default 'rolling' */
  limitWindow: 'rolling' | 'fixed';
  /** `Success` in place of `success`, as in an older edition of the documentation. @default false */
  capitalisedStatuses: boolean;
  /** Bodies with line breaks and indentation. @default false */
  pretty: boolean;
  /** What is said in place of the truth, and when: each is one row of `lies/`. @default none */
  lies: readonly ToldLie[];
}

/** What the documentation says, and where it says nothing the most plausible. */
export const defaultQuirks: Readonly<Quirks> = {
  order: 'newest_first',
  linkForm: 'documented',
  foreignOrigin: 'https://foreign.example',
  escapedCursors: false,
  cursorKind: 'offset',
  cursorLifetime: 300_000,
  pastEnd: 'empty',
  nextOnLastFullPage: false,
  prevAtFirstPage: 'none',
  prevToFirstPage: 'cursor',
  withoutRows: 'results',
  unknownIntegration: 400,
  limitHeaders: 'epoch',
  statusLimit: 100,
  listLimit: 50,
  limitWindow: 'rolling',
  capitalisedStatuses: false,
  pretty: false,
  lies: [],
};
