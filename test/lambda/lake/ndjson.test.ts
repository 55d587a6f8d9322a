import { gunzipSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Damaged } from '../../../lambda/errors/damaged.ts';
import { LineWriter, readLines } from '../../../lambda/lake/ndjson.ts';
import { compareSyncs, joinDay } from '../../../lambda/lake/sync-day.ts';
import type { SyncRow } from '../../../lambda/rows/sync-row.ts';
import { key, linesOf, manyRows } from './days.ts';

async function write(lines: readonly string[]): Promise<Buffer> {
  const writer = new LineWriter();
  for (const line of lines) await writer.write(line);
  return writer.finish();
}

async function read(body: Uint8Array): Promise<string[]> {
  const lines: string[] = [];
  for await (const batch of readLines(body, key)) lines.push(...batch);
  return lines;
}

/** Without anything that the event loop would have to bring. */
async function isOverAtOnce(work: Promise<void>): Promise<boolean> {
  let isOver = false;
  work.then(() => {
    isOver = true;
  });
  for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
  return isOver;
}

describe('lines', () => {
  test('P11: come back as they went in, and the same lines give the same bytes', async () => {
    const line = fc.string({ unit: 'grapheme' }).map((text) => JSON.stringify(text));
    await fc.assert(
      fc.asyncProperty(fc.array(line, { maxLength: 20 }), fc.constantFrom(1, 3000), async (lines, times) => {
        const all = Array.from({ length: times }, () => lines).flat();
        const body = await write(all);
        expect(await read(body)).toEqual(all);
        expect(gunzipSync(body).toString()).toBe(all.map((each) => `${each}\n`).join(''));
        expect((await write(all)).equals(body)).toBe(true);
      }),
      { numRuns: 30 },
    );
  });

  test('P11: the header of the gzip tells neither time nor machine', async () => {
    for (const lines of [['{}'], Array<string>(20_000).fill('{"a":1}')]) {
      expect((await write(lines)).subarray(0, 10).toString('hex')).toMatch(/^1f8b080000000000..ff$/);
    }
  });

  test('of a large object are read in pieces, and never all at once', async () => {
    const rows = manyRows(2000, 'a', '');
    const body = await write(rows.map(({ line }) => line));
    const batches: string[][] = [];
    for await (const batch of readLines(body, key)) batches.push(batch);
    expect(batches.flat()).toEqual(rows.map(({ line }) => line));
    expect(Math.max(...batches.map(({ length }) => length))).toBeLessThan(rows.length / 2);
  });

  test.each([
    ['a long line', ['x'.repeat(70_000)]],
    ['many short ones', Array<string>(70_000).fill('')],
  ])('%s: what is compressed already has to be taken before more is', async (_, lines) => {
    const writer = new LineWriter();
    let waits = 0;
    for (const line of lines) {
      const written = writer.write(line);
      if (!(await isOverAtOnce(written))) waits += 1;
      await written;
    }
    expect(waits).toBe(1);
  });

  test('several gzip members in one object are read, and an empty one holds no line', async () => {
    expect(await read(Buffer.concat([gzipSync('a\n'), gzipSync('b\n')]))).toEqual(['a', 'b']);
    expect(await read(gzipSync(''))).toEqual([]);
  });
});

describe('a large day', () => {
  test('P11: joined in pieces it has the bytes of one join, and the lines of a small one', async () => {
    const rows = ['a', 'b😀', 'c'].flatMap((id) => manyRows(900, id, '')).sort(compareSyncs);
    const whole = (await joinDay(undefined, key, rows)).body ?? expect.fail('nothing written');
    expect(whole.byteLength).toBeGreaterThan(2 * 64 * 1024);
    expect(linesOf(whole)).toEqual(rows.map(({ line }) => line));

    let body: Uint8Array | undefined;
    for (const part of [2, 0, 1]) {
      const joined = await joinDay(
        body,
        key,
        rows.filter((_, index) => index % 3 === part),
      );
      expect(joined.counts).toEqual({ new: 900, updated: 0, unchanged: 0 });
      body = joined.body;
    }
    expect(body && whole.equals(body)).toBe(true);
    const again = await joinDay(body, key, rows);
    expect([again.body, again.counts.unchanged]).toEqual([undefined, rows.length]);
  });

  test('P1: a row is updated in the midst of it, with or without other integrations around', async () => {
    const rows = ['a', 'b', 'c'].flatMap((id) => manyRows(900, id, ''));
    const later = manyRows(900, 'b', 'later').slice(500, 502);
    const { body } = await joinDay((await joinDay(undefined, key, rows)).body, key, later);
    const expected = rows.map(({ line }) => line);
    expected.splice(1400, 2, ...later.map(({ line }) => line));
    expect(linesOf(body)).toEqual(expected);
  });
});

describe('damage', () => {
  const small = manyRows(3, 'a', '');
  const large = manyRows(2000, 'a', '');
  const join = async (body: Uint8Array, rows = small) => (await joinDay(body, key, rows)).body;
  const bodyOf = async (rows: SyncRow[]) => await write(rows.map(({ line }) => line));

  async function expectDamaged(body: Uint8Array, rows?: SyncRow[]): Promise<void> {
    const error = await join(body, rows).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(Damaged);
    expect(String(error)).toContain(key);
  }

  test('P10: of the gzip is found and named', async () => {
    for (const body of [await bodyOf(small), await bodyOf(large)]) {
      const flipped = Buffer.from(body);
      flipped.writeUInt8(flipped.readUInt8(body.length >> 1) ^ 0xff, body.length >> 1);
      const checksum = Buffer.from(body);
      checksum.writeUInt8(checksum.readUInt8(body.length - 8) ^ 1, body.length - 8);
      for (const damaged of [body.subarray(0, -1), body.subarray(0, body.length >> 1), flipped, checksum]) {
        await expectDamaged(damaged);
      }
    }
    for (const body of [Buffer.alloc(0), Buffer.from('{}\n'), Buffer.alloc(70_000)])
      await expectDamaged(body);
  });

  test.each([
    '',
    'null',
    '[]',
    '{}',
    'garbage',
    '{"integration_id":5,"raw":"{}"}',
    '{"integration_id":"a"}',
    '{"integration_id":"a","raw":"5"}',
    '{"integration_id":"a","raw":"{}"}',
    '{"integration_id":"a","raw":"not json"}',
    '{"raw":"{}","integration_id":"a"}',
  ])('P10: a line like %s is found and named', async (line) => {
    for (const rows of [small, large]) {
      const [first, ...rest] = rows.map((row) => row.line);
      await expectDamaged(gzipSync(`${[first, line, ...rest].join('\n')}\n`));
    }
  });

  test('P10: a last line without its end, or lines out of order, are found and named', async () => {
    for (const rows of [small, large]) await expectDamaged(gzipSync(rows.map(({ line }) => line).join('\n')));
    const [b, a] = [...manyRows(1, 'b', ''), ...manyRows(1, 'a', '')];
    await expectDamaged(gzipSync(`${b?.line}\n${a?.line}\n`));
  });

  test.each(['{"integration_id":"b","raw":"{}"}x', 'x{"integration_id":"b","raw":"{}"}'])(
    'P10: of a line like %s, which nobody has anything to join to',
    async (line) => {
      await expectDamaged(gzipSync(`${line}\n`));
    },
  );

  test('P10: an id that is no JSON string is found and named', async () => {
    await expectDamaged(gzipSync('{"integration_id":"\\q","raw":"{}"}\n'));
  });
});
