/** What a request asks for. */
export interface Route {
  /** `other` is a URL that the API does not have. */
  readonly kind: 'list' | 'status' | 'other';
  readonly integrationId?: string;
  /** The id as it stands in the path. */
  readonly encodedId?: string;
  readonly pathname: string;
  readonly cursor?: string;
}

export type RequestKind = Route['kind'];

/** @param path with its query. */
export function routeOf(path: string): Route {
  const [pathname = '', query] = splitOnce(path, '?');
  // Form decoding, as servers do it: a `+` in a query is a space.
  const cursor = new URLSearchParams(query).get('cursor');
  const asked = { pathname, ...(cursor === null ? {} : { cursor }) };
  if (pathname === '/cdi/integrations') return { kind: 'list', ...asked };
  const encodedId = /^\/cdi\/integrations\/([^/]+)\/job_sync_status$/.exec(pathname)?.[1];
  const integrationId = encodedId === undefined ? undefined : decoded(encodedId);
  if (encodedId === undefined || integrationId === undefined) return { kind: 'other', ...asked };
  return { kind: 'status', integrationId, encodedId, ...asked };
}

function splitOnce(text: string, separator: string): string[] {
  const index = text.indexOf(separator);
  return index < 0 ? [text] : [text.slice(0, index), text.slice(index + 1)];
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
