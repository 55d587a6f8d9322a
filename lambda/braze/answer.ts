/**
 * What a reply means. The bodies of errors are never quoted: a server may echo the key in them.
 */
import { NoAnswer } from '../errors/no-answer.ts';
import { parseElements, type Sourced } from '../rows/json-source.ts';
import { type Links, readLinks, UnreadableLinks } from './link.ts';
import type { Reply } from './transport.ts';

export type BrazeAnswer =
  | {
      readonly kind: 'page';
      readonly results: readonly Sourced[];
      readonly links: Links;
    }
  /** Over the rate limit: wait, and ask again. */
  | { readonly kind: 'limited' }
  | { readonly kind: 'cursor_refused' }
  | { readonly kind: 'unknown_integration' }
  /** The key is wrong (401), may not do this (403), or the URL is none of the API's (404): no use to go on. */
  | { readonly kind: 'denied'; readonly status: 401 | 403 | 404 };

export type Endpoint = 'list' | 'status';

/** @throws {NoAnswer} for everything that is not Braze's answer: worth another try. */
export function readAnswer(endpoint: Endpoint, cursorSent: boolean, reply: Reply): BrazeAnswer {
  const { status } = reply;
  if (status === 200) return readPage(reply, endpoint === 'status');
  if (status === 429) return { kind: 'limited' };
  // What stands between may answer in Braze's place, with a page of its own and any status.
  if (isHtml(reply)) throw notBraze(reply.headers);
  if (status === 401 || status === 403) return { kind: 'denied', status };
  if (status === 404)
    return endpoint === 'status' ? { kind: 'unknown_integration' } : { kind: 'denied', status };
  if (status === 400) {
    const isAboutId = endpoint === 'status' && /invalid integration/i.test(messageOf(reply));
    if (isAboutId) return { kind: 'unknown_integration' };
    if (cursorSent) return { kind: 'cursor_refused' };
  }
  if (status >= 300 && status < 400) throw new NoAnswer(`a redirect (${status}), which Braze never sends`);
  throw new NoAnswer(`the answer ${status}`);
}

/**
 * @param mayBeBare it was a question for the syncs of an integration, which may never have run, or of which Braze keeps
 * none any more: a message of success and no list of results is an empty page there, and like any empty page a doubt
 * where syncs are known.
 */
function readPage(reply: Reply, mayBeBare: boolean): BrazeAnswer {
  const { headers, body } = reply;
  try {
    const links = () => readLinks(headers.get('link'));
    const results = parseElements(body, 'results');
    if (results) return { kind: 'page', results, links: links() };
    if (mayBeBare && isBare(reply)) return { kind: 'page', results: [], links: links() };
  } catch (error) {
    if (error instanceof UnreadableLinks) {
      throw new NoAnswer(`an answer that is not Braze's (its Link header ${error.message})`);
    }
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw notBraze(headers);
}

function isBare(reply: Reply): boolean {
  return /^success$/i.test(messageOf(reply)) && !Object.hasOwn(JSON.parse(reply.body), 'results');
}

function isHtml({ headers, body }: Reply): boolean {
  return /html/i.test(headers.get('content-type') ?? '') || /^\s*</.test(body);
}

function notBraze(headers: Headers): NoAnswer {
  return new NoAnswer(`an answer that is not Braze's (${typeOf(headers)})`);
}

/** A server may echo anything in it, the key as well: only what is known is said. */
function typeOf(headers: Headers): string {
  const type = headers.get('content-type')?.split(';')[0];
  if (type === undefined) return 'no content type';
  const known = ['application/json', 'application/xml', 'text/html', 'text/plain', 'text/xml'];
  return known.includes(type.trim().toLowerCase()) ? type.trim() : 'odd content type';
}

function messageOf({ body }: Reply): string {
  try {
    const { message } = JSON.parse(body);
    return typeof message === 'string' ? message : '';
  } catch {
    return '';
  }
}
