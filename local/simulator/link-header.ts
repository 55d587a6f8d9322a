import { hashOf } from './hash.ts';
import type { Page } from './page.ts';
import type { Quirks } from './quirks.ts';

/** The list that the links stay in. */
export interface LinkTarget {
  /** Path of the list, percent-encoded. */
  readonly path: string;
  /** The id in the path as it stands there; absent for the list of integrations. */
  readonly encodedId?: string;
  /** The simulated Braze's own. */
  readonly origin: string;
}

/** @returns undefined where there is nothing to link to. */
export function writeLinkHeader(
  { prev, prevIsFirst, next }: Page,
  target: LinkTarget,
  quirks: Quirks,
): string | undefined {
  if (prev === undefined && next === undefined) return undefined;
  const links = { prev, next };
  const written = (['prev', 'next'] as const).flatMap((relation) => {
    const cursor = links[relation];
    if (cursor === undefined) return [];
    const isBare = relation === 'prev' && prevIsFirst && quirks.prevToFirstPage === 'bare';
    const query = isBare ? '' : `?cursor=${inQuery(cursor, quirks)}`;
    const uri = `${targetPath(target, relation, quirks)}${query}`;
    return [`<${uri}>; ${parameters(relation, cursor, quirks)}`];
  });
  return written.join(separators[quirks.linkForm]);
}

const separators: Record<Quirks['linkForm'], string> = {
  documented: ',',
  relative: ', ',
  absolute: ', ',
  foreign: ', ',
  hostile: ', ',
  spaced: ' ,  ',
};

function targetPath(
  target: LinkTarget,
  relation: 'prev' | 'next',
  { linkForm, foreignOrigin }: Quirks,
): string {
  const { path, encodedId, origin } = target;
  if (linkForm === 'absolute') return `${origin}${path}`;
  if (linkForm === 'foreign') return `${foreignOrigin}${path}`;
  const isMalformed = linkForm === 'documented' && relation === 'next' && encodedId !== undefined;
  return isMalformed ? path.replace(`/${encodedId}/`, () => `${encodedId}/`) : path;
}

function inQuery(cursor: string, { escapedCursors }: Quirks): string {
  return escapedCursors ? encodeURIComponent(cursor) : cursor;
}

/** Each is a link of its own right to RFC 8288. */
const hostileParameters: readonly ((relation: string) => string)[] = [
  (relation) => `title="a; b, c > d, <e>; rel=x"; rel="${relation}"`,
  (relation) => `rel="${relation} ${relation === 'next' ? 'last' : 'first'}"`,
  (relation) => `Rel="${relation[0]?.toUpperCase()}${relation.slice(1)}"`,
  (relation) => `rel=${relation}`,
  (relation) =>
    `rel="${relation}"; type="application/json"; title="page; \\"${relation}\\", 10 rows"; hreflang=en`,
  (relation) => `  rel = "${relation}" ; media="all"`,
];

function parameters(relation: string, cursor: string, { linkForm }: Quirks): string {
  if (linkForm !== 'hostile') return `rel="${relation}"`;
  const write = hostileParameters[hashOf(cursor) % hostileParameters.length];
  return write ? write(relation) : '';
}
