/** Pages that look as if there were nothing, or nothing more. */
import type { Answer } from '../answer.ts';
import type { LieKind } from './lie.ts';

const isPage = ({ status }: Answer): boolean => status === 200;
const names = (answer: Answer, relation: 'prev' | 'next'): boolean =>
  new RegExp(relation, 'i').test(answer.headers.link ?? '');

function withoutLink({ headers: { link: _, ...headers }, ...answer }: Answer): Answer {
  return { ...answer, headers };
}

const withoutRows = (answer: Answer): Answer => ({ ...answer, body: '{"results":[],"message":"success"}' });

/** The whole workspace's list is asked for with the same cursors as a history. */
export const emptyPages = {
  /** A page in the midst of a history comes without rows and without links, status 200. */
  'empty page': {
    concerns: ({ kind, cursor }, answer) => kind === 'status' && cursor !== undefined && isPage(answer),
    tell: (answer) => withoutRows(withoutLink(answer)),
  },
  /** The first page of a history comes without rows and without links. */
  'empty first page': {
    concerns: ({ kind, cursor }, answer) => kind === 'status' && cursor === undefined && isPage(answer),
    tell: (answer) => withoutRows(withoutLink(answer)),
  },
  /** A page without rows that names a next one: its rows were filtered out after the page was cut. */
  'filtered page': {
    concerns: ({ kind }, answer) => kind === 'status' && isPage(answer) && names(answer, 'next'),
    tell: withoutRows,
  },
  /** The same in the list of integrations. */
  'filtered list page': {
    concerns: ({ kind }, answer) => kind === 'list' && isPage(answer) && names(answer, 'next'),
    tell: withoutRows,
  },
  /** A page of a history comes without its Link header. Told for ever: something on the way strips it. */
  'page without Link': {
    concerns: ({ kind }, answer) => kind === 'status' && isPage(answer) && answer.headers.link !== undefined,
    tell: withoutLink,
  },
  /** The first page comes without its Link header; those behind it have theirs. */
  'first page without Link': {
    concerns: ({ kind, cursor }, answer) =>
      kind === 'status' && cursor === undefined && isPage(answer) && answer.headers.link !== undefined,
    tell: withoutLink,
  },
} as const satisfies Record<string, LieKind>;
