/**
 * What an HTTP server, or something in front of it, may do in place of answering.
 * - `hang`: takes the request and never answers
 * - `reset`: resets the connection
 * - `cut`: promises the page's whole length, sends half, and closes the connection
 * - `html`: 200 with a web page, as a proxy's log-in does
 * - `not_json`: 200 and a JSON content type, but text that is none
 * - `oversized`: JSON without an end, until the client gives up
 * - `status`: an answer of one's own
 * - `delay`: the right answer, so many milliseconds late
 * - `redirect`: 302 to a URL
 *
 * `cut` and `delay` reach the simulated Braze and count against its limit; the others don't.
 */
export type Fault =
  | 'hang'
  | 'reset'
  | 'cut'
  | 'html'
  | 'not_json'
  | 'oversized'
  | {
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: string;
    }
  | { readonly delay: number }
  | { readonly redirect: string };
