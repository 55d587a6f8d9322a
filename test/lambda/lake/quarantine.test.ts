import { gunzipSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Damaged } from '../../../lambda/errors/damaged.ts';
import {
  joinQuarantine,
  maxQuarantine,
  PlacedRaws,
  quarantineIsFull,
  quarantineLine,
} from '../../../lambda/lake/quarantine.ts';
import { placed } from '../rows/rows.ts';
import { readLine } from '../rows/serde.ts';

const key = 'quarantine/workspace=w/a.ndjson.gz';
const text = fc.constantFrom('a', 'b', '5', '{"x":"\\ud800\n"}', '😀');
const line = text.map((raw) => quarantineLine({ integrationId: 'a', reason: `Why not: ${raw}`, raw }));
const lines = fc.array(line, { maxLength: 8 }).map((all) => new Set(all));

const linesIn = (body: Uint8Array | undefined) =>
  body ? gunzipSync(body).toString().split('\n').slice(0, -1) : [];

describe('joinQuarantine', () => {
  test('P10: keeps each row once, sorted, however often it is seen, and writes nothing where all are known', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(lines, { maxLength: 5 }), async (batches) => {
        let body: Uint8Array | undefined;
        const seen = new Set<string>();
        for (const batch of batches) {
          const fresh = [...batch].filter((each) => !seen.has(each)).length;
          for (const each of batch) seen.add(each);
          const joined = await joinQuarantine(body, key, { lines: batch });
          expect(joined.added).toBe(fresh);
          expect(joined.body === undefined).toBe(fresh === 0);
          body = joined.body ?? body;
          expect(linesIn(body)).toEqual([...seen].sort());
        }
      }),
    );
  });

  test('P10: a row that was placed stays out, though the same commit could not place it a moment before', async () => {
    const line = quarantineLine({ integrationId: 'a', reason: 'It is too far ahead.', raw: '{"a":1}' });
    const placed = new Set([line.slice(line.indexOf(',"raw":'))]);
    const first = await joinQuarantine(undefined, key, { lines: new Set([line]), placed });
    expect(first).toMatchObject({ body: undefined, added: 0, size: 0 });
    const { body } = await joinQuarantine(undefined, key, { lines: new Set([line]) });
    const last = await joinQuarantine(body, key, { lines: new Set([line]), placed });
    expect(linesIn(last.body)).toEqual([]);
    expect(last.body).toBeDefined();
  });

  test('P11: the order in which they came leaves no trace', async () => {
    await fc.assert(
      fc.asyncProperty(lines, lines, async (a, b) => {
        const [first, second] = await Promise.all(
          [
            [a, b],
            [b, a],
          ].map(async ([one = new Set<string>(), two = new Set<string>()]) => {
            const { body } = await joinQuarantine(undefined, key, { lines: one });
            return (await joinQuarantine(body, key, { lines: two })).body ?? body;
          }),
        );
        expect(first).toEqual(second);
      }),
    );
  });

  test('a row is kept as it was received', () => {
    const row = { integrationId: null, reason: 'The row is not an object.', raw: ' "\\ud800"\u2028' };
    expect(readLine('quarantine', quarantineLine(row))).toEqual({
      integration_id: null,
      reason: row.reason,
      raw: row.raw,
    });
  });

  test.each([
    ['that is no gzip', Buffer.from('x')],
    ['with a line that quotes nothing', gzipSync('{"integration_id":"a","reason":"Why not."}\n')],
  ])('P10: a damaged object %s is named and left alone', async (_, body) => {
    const joined = joinQuarantine(body, key, { lines: new Set(['{}']) });
    await expect(joined).rejects.toThrow(Damaged);
    await expect(joined).rejects.toThrow(key);
  });

  test('a row that was placed leaves, whatever the reason was; all others stay', async () => {
    const row = placed({ sync_start_time: '2026-05-31T10:00:00Z', job_status: 'a "quoted" ,"raw":' }, 'a');
    const raws = new PlacedRaws();
    raws.add(row);
    const kept = quarantineLine({ integrationId: 'a', reason: 'Why not.', raw: '5' });
    const left = quarantineLine({
      integrationId: 'a',
      reason: 'sync_start_time is more than a day ahead.',
      raw: JSON.parse(row.line).raw,
    });
    const { body } = await joinQuarantine(undefined, key, { lines: new Set([kept, left]) });

    const joined = await joinQuarantine(body, key, { lines: new Set(), placed: raws.of('a') });
    expect([linesIn(joined.body), joined.added, joined.size]).toEqual([[kept], 0, 1]);
    const again = await joinQuarantine(joined.body, key, { lines: new Set(), placed: raws.of('a') });
    expect(again.body).toBeUndefined();
    expect(
      (await joinQuarantine(body, key, { lines: new Set(), placed: raws.of('b') })).body,
    ).toBeUndefined();
  });

  test('P20: a row that is known for a reason in other words is not kept twice', async () => {
    const [old, now] = ['In old words.', 'In new words.'].map((reason) =>
      quarantineLine({ integrationId: 'a', reason, raw: '5' }),
    ) as [string, string];
    const { body } = await joinQuarantine(undefined, key, { lines: new Set([old]) });
    const joined = await joinQuarantine(body, key, { lines: new Set([now]) });
    expect([linesIn(joined.body), joined.added]).toEqual([[now], 0]);
  });

  test.each([
    ['rows', 10_010, '5', 10_000],
    ['megabytes', 10, 'x'.repeat(1_000_000), 7],
  ])(
    'P10: it is full at a number of %s, and says how many there was no room for',
    async (_, count, raw, fit) => {
      const lines = new Set(
        Array.from({ length: count }, (_each, at) =>
          quarantineLine({ integrationId: 'a', reason: 'Why not.', raw: raw + String(at).padStart(5, '0') }),
        ),
      );
      const joined = await joinQuarantine(undefined, key, { lines });
      expect([linesIn(joined.body).length, joined.size, joined.dropped]).toEqual([fit, fit, count - fit]);
      const again = await joinQuarantine(joined.body, key, { lines });
      expect([again.body, again.dropped]).toEqual([undefined, count - fit]);
    },
  );

  test('P11: which rows there is room for does not hang on the order in which they came', async () => {
    const lines = ['x', 'y', 'z'].map((letter) => lineOfLength(maxQuarantine.characters / 2, letter));
    const [one, other] = await Promise.all(
      [lines, lines.toReversed()].map((each) => joinQuarantine(undefined, key, { lines: new Set(each) })),
    );
    expect(one?.body && linesIn(one.body)).toEqual(lines.slice(0, 2));
    expect(one?.body?.equals(other?.body ?? Buffer.alloc(0))).toBe(true);
  });

  test('P10: it can be filled to the last character, and not beyond', async () => {
    const half = lineOfLength(maxQuarantine.characters / 2, 'x');
    const { body } = await joinQuarantine(undefined, key, { lines: new Set([half]) });
    const [fits, doesNot] = [0, 1].map((more) => lineOfLength(maxQuarantine.characters / 2 + more, 'y'));
    expect(await joinQuarantine(body, key, { lines: new Set([fits ?? '']) })).toMatchObject({
      size: 2,
      dropped: 0,
    });
    expect(await joinQuarantine(body, key, { lines: new Set([doesNot ?? '']) })).toMatchObject({
      size: 1,
      dropped: 1,
    });
  });

  test('P10: who is told that it is full learns which one, and what it holds at the most', () => {
    expect(quarantineIsFull(key)).toContain(key);
    expect(quarantineIsFull(key)).toMatch(/ 10,000 rows .* 8 MB /);
  });
});

test('rows that were placed are known by their integrations', () => {
  const raws = new PlacedRaws();
  const row = placed({ sync_start_time: '2026-05-31T10:00:00Z' }, 'a');
  raws.add(row);
  raws.add(placed({ sync_start_time: '2026-05-31T11:00:00Z' }, 'b'));
  expect([...raws.integrationIds]).toEqual(['a', 'b']);
  expect([...raws.of('a')]).toEqual([row.line.slice(row.line.indexOf(',"raw":'))]);
});

function lineOfLength(length: number, letter: string): string {
  const lineOf = (raw: string) => quarantineLine({ integrationId: 'a', reason: 'Why not.', raw });
  return lineOf(letter.repeat(length - lineOf('').length));
}
