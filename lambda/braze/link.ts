/**
 * The cursors of a `Link` header. Only the value of the target's `cursor` parameter is used: the documented
 * target itself is malformed, and following one would send the key to whatever host it names.
 */
import LinkHeader from 'http-link-header';

/** The cursor in a link to the first page, which needs none: it is asked for without. */
export const firstPage = '';

/** Cursors: opaque places in the list, good for a request of the same list. */
export interface Links {
  readonly next?: string;
  readonly prev?: string;
}

/** Its message goes on from the words "Link header". */
export class UnreadableLinks extends SyntaxError {
  override readonly name = 'UnreadableLinks';
}

/** @throws {UnreadableLinks} where the header can't be read: it must not pass for the end of the list. */
export function readLinks(header: string | null): Links {
  if (header === null || header.trim() === '') return {};
  const tokens: string[] = header.match(token) ?? [];
  const links = parsed(tokens.map((each) => (each.trim() === '' ? '' : each)).join(''));
  // The library passes over what it can't place, and a link with it.
  const found = new Set(links.refs.map(({ uri }) => uri));
  const sent = new Set(tokens.filter((each) => each.startsWith('<')));
  if (found.size !== sent.size || tokens.includes('"')) throw unreadable();
  const next = cursorOf(links, 'next');
  const prev = cursorOf(links, 'prev');
  return { ...(next === undefined ? {} : { next }), ...(prev === undefined ? {} : { prev }) };
}

/** A quoted text, a target, or the white space before a comma: the standard allows it, the library falls over it. */
const token = /"(?:[^"\\]|\\.)*"|<[^>]*>|\s+(?=,)|[\s\S]/g;

function parsed(header: string): LinkHeader {
  try {
    return LinkHeader.parse(header);
  } catch {
    throw unreadable();
  }
}

function unreadable(): UnreadableLinks {
  return new UnreadableLinks('can not be read');
}

function cursorOf(links: LinkHeader, relation: string): string | undefined {
  const [link] = links.refs.filter(({ rel = '' }) => rel.toLowerCase().split(/\s+/).includes(relation));
  if (!link) return undefined;
  // Not URLSearchParams: it turns the `+` of an unescaped base64 cursor into a space.
  const query = link.uri.replace(/#.*$/s, '').replace(/^[^?]*\??/s, '');
  const parameter = query.split('&').find((each) => each.startsWith('cursor='));
  const cursor = parameter && percentDecoded(parameter.slice('cursor='.length));
  if (cursor) return cursor;
  if (relation === 'prev') return firstPage;
  throw new UnreadableLinks('names no cursor for the next page');
}

function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
