import { gunzipSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Damaged } from '../../../lambda/errors/damaged.ts';
import { appGroupIdsIn, joinIntegrations as join } from '../../../lambda/lake/integrations.ts';
import { type IntegrationRow, readIntegrationRow } from '../../../lambda/rows/integration-row.ts';
import { parseSourced } from '../rows/parse-sourced.ts';
import { readLine } from '../rows/serde.ts';

const key = 'integrations/workspace=w/integrations.ndjson.gz';

function listing(names: Readonly<Record<string, string>>): Map<string, IntegrationRow> {
  const rows = new Map<string, IntegrationRow>();
  for (const [integration_id, integration_name] of Object.entries(names)) {
    const row = readIntegrationRow(parseSourced(JSON.stringify({ integration_id, integration_name })));
    if ('line' in row) rows.set(integration_id, row);
  }
  return rows;
}

const linesIn = (body: Uint8Array | undefined) =>
  body
    ? gunzipSync(body)
        .toString()
        .split('\n')
        .slice(0, -1)
        .map((line) => readLine('integrations', line))
    : [];

const summary = (body: Uint8Array | undefined) =>
  linesIn(body).map(({ integration_id, integration_name, listed }) => [
    integration_id,
    integration_name,
    listed,
  ]);

const joinIntegrations = async (...args: Parameters<typeof join>) => (await join(...args)).body;

describe('joinIntegrations', () => {
  test('one that is no longer listed keeps its name, and comes back', async () => {
    const first = await joinIntegrations(undefined, key, listing({ b: 'B', a: 'A' }), () => true);
    expect(summary(first)).toEqual([
      ['a', 'A', true],
      ['b', 'B', true],
    ]);
    const second = await joinIntegrations(first, key, listing({ b: 'B2' }), () => true);
    expect(summary(second)).toEqual([
      ['a', 'A', false],
      ['b', 'B2', true],
    ]);
    expect(await joinIntegrations(second, key, listing({ b: 'B2' }), () => true)).toBeUndefined();
    const third = await joinIntegrations(second, key, listing({ a: 'A', b: 'B' }), () => true);
    expect(third).toEqual(first);
  });

  test('a list that was not read to its end says of nobody that it is gone', async () => {
    const first = await joinIntegrations(undefined, key, listing({ a: 'A', b: 'B' }), () => true);
    expect(await joinIntegrations(first, key, listing({}), () => false)).toBeUndefined();
    expect(summary(await joinIntegrations(first, key, listing({ c: 'C' }), () => false))).toEqual([
      ['a', 'A', true],
      ['b', 'B', true],
      ['c', 'C', true],
    ]);
  });

  test('gives all lines by id, as they stood and as they are, whether or not there is something to write', async () => {
    const first = await join(undefined, key, listing({ a: 'A', b: 'B' }), () => true);
    const lineOf = (id: string, names: Readonly<Record<string, string>>) => listing(names).get(id)?.line;
    const before = new Map([
      ['a', lineOf('a', { a: 'A' })],
      ['b', lineOf('b', { b: 'B' })],
    ]);
    expect([first.before, first.after]).toEqual([new Map(), before]);
    const same = await join(first.body, key, listing({ a: 'A' }), () => false);
    expect(same).toEqual({ body: undefined, before, after: before });
    const changed = await join(first.body, key, listing({ b: 'B2' }), () => false);
    expect(changed.before).toEqual(before);
    expect(changed.after).toEqual(new Map([...before, ['b', lineOf('b', { b: 'B2' })]]));
  });

  test('an empty list is an object without lines, written once', async () => {
    const empty = await joinIntegrations(undefined, key, listing({}), () => true);
    expect(summary(empty)).toEqual([]);
    expect(empty).toBeDefined();
    expect(await joinIntegrations(empty, key, listing({}), () => true)).toBeUndefined();
  });

  test('P11: holds everyone ever listed once, sorted, and is written only when something has changed', async () => {
    const names = fc.dictionary(fc.constantFrom('a', 'B', 'ä', '😀', '"'), fc.constantFrom('x', 'y'));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(names, fc.boolean()), { maxLength: 6 }), async (readings) => {
        const model = new Map<string, { name: string; listed: boolean }>();
        let body: Uint8Array | undefined;
        for (const [listed, whole] of readings) {
          const before = JSON.stringify(summary(body));
          for (const [id, each] of model)
            if (whole && !(id in listed)) model.set(id, { ...each, listed: false });
          for (const [id, name] of Object.entries(listed)) model.set(id, { name, listed: true });
          const written = await joinIntegrations(body, key, listing(listed), () => whole);
          const changed = JSON.stringify(summary(written ?? body)) !== before;
          expect(written !== undefined).toBe(changed || body === undefined);
          body = written ?? body;
          const expected = [...model.keys()]
            .sort()
            .map((id) => [id, model.get(id)?.name, model.get(id)?.listed]);
          expect(summary(body)).toEqual(expected);
        }
      }),
    );
  });

  test.each(['garbage', '{}', '{"integration_id":null}', 'null'])(
    'P10: a line like %s is named',
    async (line) => {
      const joined = joinIntegrations(gzipSync(`${line}\n`), key, listing({ a: 'A' }), () => true);
      await expect(joined).rejects.toThrow(Damaged);
      await expect(joined).rejects.toThrow(key);
    },
  );
});

test('the Braze workspaces that the integrations belong to are those that their lines name', async () => {
  const lines = [null, 'one', 'two', 'one'].map((app_group_id, at) =>
    JSON.stringify({ integration_id: `${at}`, app_group_id }),
  );
  expect(await appGroupIdsIn(gzipSync(`${lines.join('\n')}\n`), key)).toEqual(new Set(['one', 'two']));
  expect(await appGroupIdsIn(gzipSync(`${lines[0]}\n`), key)).toEqual(new Set());
  await expect(appGroupIdsIn(gzipSync('{}\n'), key)).rejects.toThrow(Damaged);
});
