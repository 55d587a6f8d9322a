import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { Damaged } from '../../../lambda/errors/damaged.ts';
import { hasChanged, joinChanges } from '../../../lambda/lake/changes.ts';
import { readLine } from '../rows/serde.ts';

const key = 'changes/workspace=w/changes.ndjson.gz';
const seenAt = Date.UTC(2026, 5, 1, 12);

/** An integration, as it stands in the table. */
const listing = (more: object = {}): string =>
  JSON.stringify({
    integration_id: 'a',
    integration_name: 'A',
    integration_status: 'active',
    integration_type: null,
    listed: true,
    ...more,
  });
const table = (lines: Readonly<Record<string, string>>) => new Map(Object.entries(lines));

const join = (
  existing: Uint8Array | undefined,
  before: Readonly<Record<string, string>>,
  after: Readonly<Record<string, string>>,
  isWhole = true,
) => joinChanges(existing, key, { before: table(before), after: table(after), isWhole, seenAt });

const told = (body: Uint8Array | undefined) =>
  body &&
  gunzipSync(body)
    .toString()
    .split('\n')
    .slice(0, -1)
    .map((line) => readLine('changes', line))
    .map(({ integration_id, field, before, after }) => [integration_id, field, before, after]);

/** As the first export leaves it. */
const begun = (await join(undefined, {}, { a: listing() })) ?? new Uint8Array();

describe('changes', () => {
  test('begin empty: whom the first export finds is not new', () => {
    expect(told(begun)).toEqual([]);
  });

  test('do not begin before the list was read to its end', async () => {
    expect(await join(undefined, { a: listing() }, { a: listing(), b: listing() }, false)).toBeUndefined();
  });

  test('of an earlier version’s lake begin with what has changed since; who is new is not known yet', async () => {
    const body = await join(undefined, { a: listing() }, { a: listing({ listed: false }), b: listing() });
    expect(told(body)).toEqual([['a', 'listed', 'true', 'false']]);
  });

  test('are told one by one: new, another name, status and type, gone, back', async () => {
    const steps = [
      { a: listing(), b: listing() },
      { a: listing({ integration_name: 'B', integration_status: 'paused', integration_type: 'x' }) },
      { a: listing({ integration_name: 'B', integration_status: 'paused', listed: false }) },
      { a: listing({ integration_name: 'B', integration_status: 'paused' }) },
    ];
    let body: Uint8Array = begun;
    let before: Readonly<Record<string, string>> = { a: listing() };
    for (const after of steps) {
      body = (await join(body, before, { ...before, ...after })) ?? body;
      before = { ...before, ...after };
    }
    expect(told(body)).toEqual([
      ['b', 'listed', null, 'true'],
      ['a', 'integration_name', 'A', 'B'],
      ['a', 'integration_status', 'active', 'paused'],
      ['a', 'integration_type', null, 'x'],
      ['a', 'listed', 'true', 'false'],
      ['a', 'integration_type', 'x', null],
      ['a', 'listed', 'false', 'true'],
    ]);
  });

  test('P2: what was told by a run that was killed before it wrote integrations is not told again', async () => {
    const change = [{ a: listing() }, { a: listing({ integration_name: 'B' }), c: listing() }] as const;
    const body = (await join(begun, ...change)) ?? new Uint8Array();
    expect(told(body)).toEqual([
      ['a', 'integration_name', 'A', 'B'],
      ['c', 'listed', null, 'true'],
    ]);
    expect(await join(body, ...change)).toBeUndefined();
  });

  test('P2: and where it has been taken back meanwhile, that is told', async () => {
    const before = { a: listing() };
    const body = await join(begun, before, { a: listing({ integration_name: 'B' }) });
    expect(hasChanged({ before: table(before), after: table(before) })).toBe(false);
    expect(told(await join(body, before, before))?.at(-1)).toEqual(['a', 'integration_name', 'B', 'A']);
  });

  test('there is something to tell where one among many is new, or has another name', () => {
    const others = { a: listing(), c: listing() };
    const before = table({ ...others, b: listing() });
    expect(hasChanged({ before, after: table({ ...others, b: listing({ integration_name: 'B' }) }) })).toBe(
      true,
    );
    expect(hasChanged({ before: table(others), after: before })).toBe(true);
    expect(hasChanged({ before, after: before })).toBe(false);
  });

  test('P11: of one run are told by integration, in whatever order the list had them', async () => {
    const body = await join(
      begun,
      { a: listing() },
      { c: listing(), a: listing({ listed: false }), b: listing() },
    );
    expect(told(body)?.map(([id]) => id)).toEqual(['a', 'b', 'c']);
  });

  test('say nothing of what else the list shows', () => {
    const [before, after] = [listing(), listing({ next_scheduled_run: '2026-06-01 12:00:00.000' })];
    expect(hasChanged({ before: table({ a: before }), after: table({ a: after }) })).toBe(false);
  });

  test('P10: that are damaged are left as they are, and it is said', async () => {
    const damaged = join(gzipSync('{"integration_id":"a"'), {}, {});
    await expect(damaged).rejects.toThrow(Damaged);
    await expect(damaged).rejects.toThrow(key);
  });
});
