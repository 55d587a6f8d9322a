import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { elementsOf, membersOf } from '../../../lambda/rows/json-source.ts';
import { isPlaced, readSyncRow, rereadSyncLine } from '../../../lambda/rows/sync-row.ts';
import { type Member, spaces, stringText, textOf, treeText } from './json-text.ts';
import { parseSourced } from './parse-sourced.ts';
import { now, read } from './rows.ts';
import { readLine } from './serde.ts';

const names = [
  'job_status',
  'sync_start_time',
  'sync_finish_time',
  'last_timestamp_synced',
  'rows_synced',
  'rows_failed_with_errors',
];
const name = fc.oneof(
  fc.constantFrom(...names.map((each) => `"${each}"`), '"__proto__"', '"job\\u005fstatus"', '"Job_Status"'),
  stringText,
);
const time = fc.constantFrom(
  '"2026-05-31T10:00:00.1837289Z"',
  '"2026-05-31T12:00:00+02:00"',
  '"2023-02-30T00:00:00Z"',
);
const value = fc.oneof(
  time,
  treeText(name),
  fc.constantFrom('"Success"', '"running"', '9223372036854775807'),
);
/** Rows of fields in any order, some of them twice. */
const members: fc.Arbitrary<Member[]> = fc.array(fc.tuple(name, value), { maxLength: 10 });
const start: Member = ['"sync_start_time"', '"2026-05-31T10:00:00.5Z"'];

describe('raw', () => {
  test('P1: a row stands in its line as it was sent, byte for byte, and every cell can be read', () => {
    fc.assert(
      fc.property(members, spaces, (others, gaps) => {
        const text = textOf({ members: [...others, start] }, gaps);
        const row = read(`\n ${text} \t`);
        if (!isPlaced(row)) return expect.fail(row.reason);
        expect(readLine('syncs', row.line).raw).toBe(text);
        expect(rereadSyncLine(row.line)).toEqual(row);
      }),
      { numRuns: 1500 },
    );
  });

  test('P10: a row that can not be placed is kept as it was sent', () => {
    fc.assert(
      fc.property(treeText(name), spaces, (tree, gaps) => {
        const text = textOf(tree, gaps);
        const row = read(` ${text} `);
        if (isPlaced(row)) expect(readLine('syncs', row.line).raw).toBe(text);
        else expect(row.raw).toBe(text);
      }),
    );
  });

  test('rows are cut out of an answer where they stand', () => {
    fc.assert(
      fc.property(fc.array(members, { maxLength: 5 }), spaces, (rows, gaps) => {
        const texts = rows.map((each) => textOf({ members: each }, gaps));
        const page = parseSourced(`{ "message":"success" , "results" : [ ${texts.join(' , ')} ] }`);
        const results = membersOf(page)?.get('results');
        const elements = results && elementsOf(results);
        expect(elements?.map(({ text }) => text)).toEqual(texts);
        const raws = elements?.map((element) => readSyncRow('one', element, now));
        const kept = raws?.map((row) => (isPlaced(row) ? JSON.parse(row.line).raw : row.raw));
        expect(kept).toEqual(texts);
      }),
    );
  });

  test('of a name that stands twice the last one counts', () => {
    fc.assert(
      fc.property(members, spaces, (all, gaps) => {
        const read = membersOf(parseSourced(textOf({ members: all }, gaps)));
        // Folded by hand: JSON.parse of an object may mix up names with escapes (nodejs/node#63785).
        const expected = new Map(all.map(([key, tree]) => [JSON.parse(key), textOf(tree)]));
        const texts = Array.from(read ?? [], ([key, member]) => [key, withoutGaps(member.text)] as const);
        expect(new Map(texts)).toEqual(expected);
      }),
      { numRuns: 1000 },
    );
  });

  test('names that JSON.parse mixes up are told apart', () => {
    for (const text of ['{"b":1,"\\\\":2}', '{"b":1,"\\n":2}']) parseSourced(text);
    expect([...(membersOf(parseSourced('{"b":1,"\\n":2}')) ?? new Map()).keys()]).toEqual(['b', '\n']);
  });
});

/** White space between the tokens; what stands in a string stays. */
const withoutGaps = (text: string): string => text.replace(/("(?:[^"\\]|\\.)*")|\s+/g, '$1');
