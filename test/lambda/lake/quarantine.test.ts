import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Damaged } from '../../../lambda/errors/damaged.ts';
import { joinQuarantine, quarantineLine } from '../../../lambda/lake/quarantine.ts';
import { readLine } from '../rows/serde.ts';

const key = 'quarantine/workspace=w/a.ndjson.gz';
const text = fc.constantFrom('a', 'b', '5', '{"x":"\\ud800\n"}', '😀');
const line = fc
  .record({ integrationId: fc.option(text), reason: text, raw: text })
  .map((row) => quarantineLine(row));
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
          const joined = await joinQuarantine(body, key, batch);
          expect(joined.added).toBe(fresh);
          expect(joined.body === undefined).toBe(fresh === 0);
          body = joined.body ?? body;
          expect(linesIn(body)).toEqual([...seen].sort());
        }
      }),
    );
  });

  test('P11: the order in which they came leaves no trace', async () => {
    await fc.assert(
      fc.asyncProperty(lines, lines, async (a, b) => {
        const [first, second] = await Promise.all(
          [
            [a, b],
            [b, a],
          ].map(async ([one = new Set<string>(), two = new Set<string>()]) => {
            const { body } = await joinQuarantine(undefined, key, one);
            return (await joinQuarantine(body, key, two)).body ?? body;
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

  test('P10: a damaged object is named and left alone', async () => {
    const joined = joinQuarantine(Buffer.from('x'), key, new Set(['{}']));
    await expect(joined).rejects.toThrow(Damaged);
    await expect(joined).rejects.toThrow(key);
  });
});
