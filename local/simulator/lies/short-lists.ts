/** Lists of integrations that leave some out: nobody was removed. */
import type { Answer } from '../answer.ts';
import { withItems } from './items.ts';
import type { LieKind, MetRequest } from './lie.ts';

const isList = ({ kind }: MetRequest, { status }: Answer): boolean => kind === 'list' && status === 200;

export const shortLists = {
  /** No integration at all. */
  'empty list': {
    concerns: isList,
    tell: ({ headers: { link: _, ...headers }, ...answer }) => withItems({ ...answer, headers }, () => []),
  },
  /** More than half of each page is missing. */
  'half a list': {
    concerns: isList,
    tell: (answer) => withItems(answer, (items) => items.slice(0, Math.ceil(items.length / 2) - 1)),
  },
  /** One is missing from each page. */
  'short list': {
    concerns: isList,
    tell: (answer) => withItems(answer, (items) => items.slice(0, -1)),
  },
} as const satisfies Record<string, LieKind>;
