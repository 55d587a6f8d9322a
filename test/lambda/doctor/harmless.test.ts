/** Whatever the API may answer, and the exporter can live with, is no failure. What it is, is told for others. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { doctorReport } from '../../../local/doctor/report.ts';
import { defaultQuirks, type Quirks } from '../../../local/simulator/quirks.ts';
import { examined, troubles } from './examining.ts';

const each: { readonly [K in keyof Quirks]?: readonly Quirks[K][] } = {
  order: ['newest_first', 'oldest_first', 'unordered'],
  linkForm: ['documented', 'relative', 'absolute', 'foreign', 'hostile', 'spaced'],
  escapedCursors: [false, true],
  cursorKind: ['offset', 'plus', 'keyset', 'expiring'],
  pastEnd: ['empty', 'invalid_cursor'],
  nextOnLastFullPage: [false, true],
  prevAtFirstPage: ['none', 'self'],
  prevToFirstPage: ['cursor', 'bare'],
  withoutRows: ['results', 'message_only'],
  unknownIntegration: [400, 404],
  limitHeaders: ['epoch', 'seconds_left', 'retry_after_only_on_429', 'plain_retry_after', 'none', 'nonsense'],
  limitWindow: ['rolling', 'fixed'],
  capitalisedStatuses: [false, true],
  pretty: [false, true],
};

const alone = Object.entries(each).flatMap(([name, values]) =>
  values.map((value) => [`${name} ${value}`, { [name]: value } as Partial<Quirks>] as const),
);

test.each(alone)('%s is no failure', async (_, quirks) => {
  const { diagnosis } = await examined({ quirks });
  expect(troubles(diagnosis).filter((trouble) => trouble.startsWith('failed'))).toEqual([]);
});

test('no combination of quirks is a failure', async () => {
  const combination = fc.record(
    Object.fromEntries(Object.entries(each).map(([name, values]) => [name, fc.constantFrom(...values)])),
  );
  // A failure prints its seed.
  await fc.assert(
    fc.asyncProperty(combination, async (quirks) => {
      const { diagnosis } = await examined({ quirks: quirks as Partial<Quirks> });
      expect(troubles(diagnosis).filter((trouble) => trouble.startsWith('failed'))).toEqual([]);
    }),
    { numRuns: 60 },
  );
});

/** What can be seen from outside by a few requests. */
const seen: readonly Partial<Quirks>[] = [
  { order: 'oldest_first' },
  { order: 'unordered' },
  { linkForm: 'relative' },
  { linkForm: 'absolute' },
  { linkForm: 'foreign' },
  { linkForm: 'spaced' },
  { escapedCursors: true, linkForm: 'relative' },
  { cursorKind: 'expiring' },
  { cursorKind: 'plus' },
  { pastEnd: 'invalid_cursor' },
  { prevAtFirstPage: 'self' },
  { prevToFirstPage: 'bare' },
  { unknownIntegration: 404 },
  { limitHeaders: 'seconds_left' },
  { limitHeaders: 'none' },
  { limitHeaders: 'nonsense' },
  { capitalisedStatuses: true },
  { pretty: true },
];

test.each(seen)('%j is read back as the switch that it is', async (quirks) => {
  const report = doctorReport(await examined({ quirks }));
  expect(report.quirks).toMatchObject(quirks);
  for (const [name, value] of Object.entries(report.quirks))
    expect([name, value]).toEqual([name, { ...defaultQuirks, ...quirks }[name as keyof Quirks]]);
});
