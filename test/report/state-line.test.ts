import { describe, expect, it } from 'vitest';
import { coverage, integration, lakeOf, sync } from '../sql/lines.ts';
import {
  type Coverage,
  dayMs,
  hourMs,
  type Integration,
  type ModelLake,
  minuteMs,
  type Standing,
  type Sync,
} from '../sql/model/lake.ts';
import { standingsOf } from '../sql/standings-of.ts';
import { type Page, textOf } from './read-page.ts';
import { now, reportOf } from './report-of.ts';

interface Told {
  readonly name?: string;
  readonly listing?: Partial<Integration>;
  readonly covered?: Partial<Coverage>;
  /** Hours before now in which it synced. @default the last nine */
  readonly hours?: readonly number[];
  /** What differs from how such a history stands. */
  readonly judged?: Partial<Standing>;
  /** What differs, by hours before now. */
  readonly syncs?: Readonly<Record<number, Partial<Sync>>>;
}

const lately = [9, 8, 7, 6, 5, 4, 3, 2, 1];

/** Integrations that sync every hour, each with what differs. */
function lake(workspace: string, told: readonly Told[]): ModelLake {
  const rows = lakeOf({
    integrations: told.map(({ name = 'Users', listing }, index) =>
      integration({ workspace, id: `${index}`, name, ...listing }),
    ),
    coverage: told.map(({ covered }, index) =>
      coverage({
        workspace,
        id: `${index}`,
        from: now - 9 * hourMs,
        to: now - minuteMs,
        checkedAt: now - minuteMs,
        ...covered,
      }),
    ),
    syncs: told.flatMap(({ hours = lately, syncs = {} }, index) =>
      hours.map((hour) => sync({ workspace, id: `${index}`, start: now - hour * hourMs, ...syncs[hour] })),
    ),
  });
  return {
    ...rows,
    standing: standingsOf(rows, now).map((line) => ({ ...line, ...told[Number(line.id)]?.judged })),
  };
}

const cases: readonly [state: string, told: readonly Told[]][] = [
  ['well: All well: 2 integrations on time, none without success.', [{}, {}]],
  [
    'well: All well: 1 integration on time, none without success; 1 at rest.',
    [{}, { listing: { status: 'paused' } }],
  ],
  ['wrong: Users has had no success since 2026-06-17 12:47 UTC.', [{ syncs: { 1: { status: 'error' } } }]],
  [
    'notice: Users has had many rows refused since 2026-06-17 12:47 UTC.',
    [{ syncs: { 1: { status: 'partial', failed: 9n } } }],
  ],
  // A few refused rows are no trouble.
  [
    'well: All well: 1 integration on time, none without success.',
    [{ syncs: { 1: { status: 'partial', synced: 1_000_000n, failed: 9n } } }],
  ],
  [
    'wrong: 2 integrations have a sync that does not end, the first since 2026-06-17 11:47 UTC.',
    [
      { judged: { state: 'stuck', lastStart: now - hourMs } },
      { judged: { state: 'stuck', lastStart: now - 2 * hourMs } },
    ],
  ],
  [
    'notice: Users has had successes to look at since 2026-06-17 11:47 UTC.',
    [{ judged: { state: 'suspect', since: now - 2 * hourMs } }],
  ],
  // What is wrong comes in one order, whatever the order of the integrations.
  [
    'wrong: Late has been late since 2026-06-17 11:47 UTC; Refusing has had many rows refused.',
    [
      { name: 'Refusing', judged: { state: 'refusing' } },
      { name: 'Late', judged: { state: 'late', expectedBy: now - 2 * hourMs } },
    ],
  ],
  [
    'wrong: 2 integrations have had no success, the first since 2026-06-17 11:47 UTC.',
    [
      { syncs: { 1: { status: 'error' } } },
      { syncs: { 1: { status: 'error' }, 2: { status: 'error' } } },
      {},
    ],
  ],
  [
    'wrong: Events has been late since 2026-06-17 11:47 UTC.',
    [{}, { name: 'Events', hours: [9, 8, 7, 6, 5, 4] }],
  ],
  [
    'wrong: Users has not been read since 2026-06-17 13:46 UTC.',
    [{ covered: { state: 'failing', failure: 'The key was refused.' } }],
  ],
  ['notice: older history of Users is still to be read.', [{ covered: { state: 'backfilling', gaps: 1n } }]],
  [
    'wrong: Users has history that is about to be lost from before 2025-07-12 13:47 UTC.',
    [{ covered: { from: now - 340 * dayMs, gaps: 1n }, judged: { incidents: 'an-id' } }],
  ],
  [
    'wrong: 2 integrations have history that is about to be lost.',
    [340, 350].map((days) => ({
      covered: { from: now - days * dayMs, gaps: 1n },
      judged: { incidents: 'an-id' },
    })),
  ],
  [
    'well: Nothing is expected: 1 integration is at rest.',
    [{ listing: { listed: false }, syncs: { 1: { status: 'error' } } }],
  ],
  // A lake of a version before: the next run says how it stands.
  [
    'wrong: Users has not been read since 2026-06-17 13:46 UTC.',
    [{ judged: { state: null, late: null, expectedBy: null, asOf: null } }],
  ],
  // Nobody has looked for a day.
  [
    'wrong: Users has not been read since 2026-06-16 12:47 UTC.',
    [{ covered: { checkedAt: now - 25 * hourMs, to: now - 25 * hourMs } }],
  ],
];

let made: Promise<Page> | undefined;

/** One page for all cases, each in a workspace of its own, in their order. */
function pageOfAll(): Promise<Page> {
  const lakes = cases.map(([, told], index) => lake(`case-${index + 10}`, told));
  made ??= reportOf({
    integrations: lakes.flatMap(({ integrations }) => integrations),
    coverage: lakes.flatMap(({ coverage }) => coverage),
    standing: lakes.flatMap(({ standing }) => standing),
    syncs: lakes.flatMap(({ syncs }) => syncs),
  }).then(({ page }) => page);
  return made;
}

describe('the state in one line', () => {
  it.each(cases.map(([expected], index) => [expected, index] as const))('%s', async (expected, index) => {
    const sections = (await pageOfAll()).querySelectorAll('section.workspace');
    expect(sections).toHaveLength(cases.length);
    const line = sections[index]?.querySelector('p[class$="-line"]');
    expect(`${line?.className.replace('-line', '')}: ${textOf(line)}`).toBe(expected);
  });
});

it('what is late stands first, with by how much', async () => {
  const { page } = await reportOf(
    {
      integrations: [integration({ id: '0', name: 'On time' }), integration({ id: '1', name: 'Late' })],
      coverage: [coverage({ id: '0', checkedAt: now }), coverage({ id: '1', checkedAt: now })],
      syncs: [0, 1].flatMap((id) =>
        [1, 2, 3, 4, 5].map((days) => sync({ id: `${id}`, start: now - (days + id * 3) * dayMs })),
      ),
    },
    { days: 30 },
  );
  const [first] = page.querySelectorAll('table[aria-label^="Freshness"] tbody tr');
  expect(textOf(first)).toContain('Late');
  expect(textOf(first)).toContain('2 d expected by 2026-06-15 13:47');
});
