/** Pages whose rows are there, but are not what they were. */
import type { Answer } from '../answer.ts';
import { withItems } from './items.ts';
import type { LieKind, MetRequest } from './lie.ts';

const isPage = ({ kind }: MetRequest, { status }: Answer): boolean => kind === 'status' && status === 200;

export const oddRows = {
  /** Starts are spelled with milliseconds in place of microseconds, from now on. */
  'milliseconds in starts': {
    concerns: isPage,
    // In the text, so that everything else stays as it was written.
    tell: (answer) => ({
      ...answer,
      body: answer.body.replaceAll(/("sync_start_time":\s?"[^"]*\.\d{3})\d+Z"/g, '$1Z"'),
    }),
  },
  /** No row has a start that can be placed. */
  'unplaceable starts': {
    concerns: isPage,
    tell: (answer) => ({
      ...answer,
      body: answer.body.replaceAll(/"sync_start_time":\s?"/g, '$&about '),
    }),
  },
  /** Two neighbours on the page have changed places. */
  'swapped neighbours': {
    concerns: isPage,
    tell: (answer) =>
      withItems(answer, (items) => [...items.slice(0, 4), ...items.slice(4, 6).reverse(), ...items.slice(6)]),
  },
} as const satisfies Record<string, LieKind>;
