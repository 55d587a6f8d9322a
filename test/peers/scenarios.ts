/** What is done to all of them. */
import type { Answer } from '../../local/simulator/answer.ts';
import type { Quirks } from '../../local/simulator/quirks.ts';
import { hour } from './world.ts';

export interface Export {
  /** How long after the first it begins, in milliseconds. */
  readonly after: number;
  /** Its row in the table; without one it only prepares the next. */
  readonly row?: string;
  /** How far time goes on with each request, in milliseconds. @default 0 */
  readonly step?: number;
  /** Whether it is killed when half of the pages were asked for. */
  readonly isKilled?: true;
  /** What is answered once in place of a page in the middle. */
  readonly odd?: (page: Answer) => Answer;
}

export interface Scenario {
  readonly exports: readonly Export[];
  readonly linkForm?: Quirks['linkForm'];
  /** How long after the first export a sync ends that is running then: of one integration each, in milliseconds. */
  readonly late?: readonly number[];
}

const json = { 'content-type': 'application/json' };
const aDayAfter = (row: string): Export => ({ after: 24 * hour, row });
const withOdd = (row: string, odd: (page: Answer) => Answer): Scenario => ({
  exports: [{ after: 0, odd }, aDayAfter(row)],
});

export const scenarios: readonly Scenario[] = [
  {
    exports: [
      { after: 0, row: 'a first export' },
      { after: 24 * hour, row: 'a second, a day later' },
    ],
  },
  {
    exports: [
      { after: 0, isKilled: true },
      { after: 0, row: 'killed half-way, and started again' },
    ],
  },
  {
    exports: [
      { after: 0, step: hour / 4 },
      { after: 24 * hour, row: 'new syncs while pages are read, and a day later' },
    ],
  },
  {
    late: [hour, 5 * hour, 40 * hour],
    exports: [
      ...[0, 2, 30].map((hours) => ({ after: hours * hour })),
      { after: 45 * hour, row: 'three syncs end 1, 5 and 40 hours after the first of four exports' },
    ],
  },
  withOdd('one page came empty, and a day later', () => ({
    status: 200,
    headers: json,
    body: '{"results":[],"message":"success"}',
  })),
  withOdd('one page came without its Link, and a day later', ({ status, headers, body }) => {
    const { link: _, ...rest } = headers;
    return { status, headers: rest, body };
  }),
  withOdd('one page came as HTML, and a day later', () => ({
    status: 200,
    headers: { 'content-type': 'text/html' },
    body: '<!doctype html><title>Log in</title>',
  })),
  withOdd('one page came as an error 500, and a day later', () => ({
    status: 500,
    headers: json,
    body: '{"message":"Internal server error"}',
  })),
  { linkForm: 'documented', exports: [{ after: 0, row: 'a first export, with `Link` as documented' }] },
];

export const rowsOf = (all: readonly Scenario[]): string[] =>
  all.flatMap(({ exports }) => exports.flatMap(({ row }) => row ?? []));
