import { describe, expect } from 'vitest';
import { RawJson } from '../../local/simulator/world.ts';
import { filesHolding, test } from './export.ts';
import { type Line, readLake } from './lake.ts';
import { integrationNamed, sync, syncs, worldOf } from './workspace.ts';

const raw = (fields: string) => new RawJson(`{ ${fields} }`);
const start = '"sync_start_time":"2026-02-01T10:00:00Z"';

/** A row, and what its line says of it. */
const placed: [string, RawJson, Line][] = [
  [
    'another zone: the day of UTC',
    raw('"sync_start_time":"2026-02-01T01:30:00.25+05:30","job_status":"success"'),
    { sync_start_time: '2026-01-31 20:00:00.250', job_status: 'success', problems: null },
  ],
  [
    'no fraction',
    raw('"sync_start_time":"2026-02-01T10:00:00Z","sync_finish_time":"2026-02-01T10:00:59Z"'),
    {
      sync_start_time: '2026-02-01 10:00:00.000',
      sync_finish_time: '2026-02-01 10:00:59.000',
      job_status: null,
    },
  ],
  [
    'a blank for the T, and no zone: UTC, and named',
    raw('"sync_start_time":"2026-02-01 10:00:00","sync_finish_time":"2026-02-01 10:00:59 UTC"'),
    {
      sync_start_time: '2026-02-01 10:00:00.000',
      sync_finish_time: '2026-02-01 10:00:59.000',
      problems: 'sync_start_time',
    },
  ],
  [
    'nine digits of a second: cut, not rounded',
    raw('"sync_start_time":"2026-02-01T10:00:00.999999999Z"'),
    { sync_start_time: '2026-02-01 10:00:00.999' },
  ],
  [
    'strings for integers',
    raw(`${start},"rows_synced":"12","rows_failed_with_errors":"-0.5"`),
    { rows_synced: 12, rows_failed_with_errors: null, problems: 'rows_failed_with_errors' },
  ],
  [
    'an integer past 2^63',
    raw(`${start},"rows_synced":9223372036854775808,"rows_failed_with_errors":1.0`),
    { rows_synced: null, rows_failed_with_errors: 1, problems: 'rows_synced' },
  ],
  [
    'an unknown status',
    raw(`${start},"job_status":"Limit Exceeded"`),
    { job_status: 'limit exceeded', problems: null },
  ],
  ['an unknown field', raw(`${start},"triggered_by":{"user":[1,2]}`), { problems: null }],
  [
    'fields of other types',
    raw(
      `${start},"job_status":7,"sync_finish_time":"soon","last_timestamp_synced":1769940000,"rows_synced":[]`,
    ),
    {
      job_status: null,
      sync_finish_time: null,
      last_timestamp_synced: null,
      rows_synced: null,
      problems: expect.stringContaining('job_status'),
    },
  ],
  ['a lone surrogate', raw(`${start},"job_status":"a\\ud800"`), { job_status: 'a\ufffd', problems: null }],
];

const unplaced: [string, RawJson, RegExp][] = [
  ['no start', raw('"job_status":"success"'), /missing/],
  ['a start of null', raw('"sync_start_time":null'), /missing/],
  ['a number as start', raw('"sync_start_time":1769940000'), /not an ISO 8601/],
  ['a start in a zone of letters', raw('"sync_start_time":"2026-02-01T10:00:00 CET"'), /not an ISO 8601/],
  ['the 30th of February', raw('"sync_start_time":"2026-02-30T10:00:00Z"'), /not an ISO 8601/],
  ['a start before 2022', raw('"sync_start_time":"2021-12-31T23:59:59.999Z"'), /before 2022/],
  ['a start far ahead', raw('"sync_start_time":"9999-01-01T00:00:00Z"'), /ahead/],
  ['null', new RawJson('null'), /not an object/],
  ['a number', new RawJson('12345678901234567890.50'), /not an object/],
  ['a list', new RawJson('[ 1, {"contact_emails":1} ]'), /not an object/],
  ['text', new RawJson('"\\u0061"'), /not an object/],
];

const rawsOf = (lines: readonly Line[]) => lines.map((line) => line.raw).sort();

describe.concurrent('P10: a row with', () => {
  test('each of these is placed, its cells are typed or null, and raw is as it was sent', async ({ lab }) => {
    const rows = Object.fromEntries(placed.map(([name, row]) => [name, [...syncs(3), row]]));
    const server = await lab.serve({ world: worldOf(rows) });
    expect(await lab.exportHere(server)).toMatchObject({ receipt: { outcome: 'complete' } });
    const lines = lab.lake().lines('syncs');
    for (const [name, row, cells] of placed) {
      const line = lines.find((each) => each.raw === row.json && each.integration_id === name);
      expect(line, name).toMatchObject(cells);
    }
    expect(lines).toHaveLength(4 * placed.length);
  });

  test('an integer past 2^53 keeps all its digits', async ({ lab }) => {
    const row = raw(
      `${start},"rows_synced":9007199254740993,"rows_failed_with_errors":"9223372036854775807"`,
    );
    const server = await lab.serve({ world: worldOf({ a: [row] }) });
    await lab.exportHere(server);
    expect(lab.lake().texts('syncs')[0]).toContain(
      '"rows_synced":9007199254740993,"rows_failed_with_errors":9223372036854775807,',
    );
  });

  test('each of these is quarantined once, as received, and the others stand', async ({ lab }) => {
    const rows = [...syncs(9), ...unplaced.map(([, row]) => row), sync(9), sync(10)];
    const server = await lab.serve({ world: worldOf({ a: rows, b: syncs(2) }) });
    const first = await lab.exportHere(server);
    expect(first).toMatchObject({ receipt: { rows: { new: 13, quarantined: unplaced.length } } });
    const quarantined = lab.lake().lines('quarantine');
    expect(rawsOf(quarantined)).toEqual(unplaced.map(([, { json }]) => json).sort());
    for (const [name, { json }, reason] of unplaced) {
      const line = quarantined.find((each) => each.raw === json);
      expect(Object.keys(line ?? {}), name).toEqual(['integration_id', 'reason', 'raw']);
      expect(line, name).toEqual({ integration_id: 'a', reason: expect.stringMatching(reason), raw: json });
    }
    expect(lab.lake().lines('syncs')).toHaveLength(13);
    const before = lab.lake().written('quarantine');
    expect((await lab.exportHere(server)).receipt.rows).toMatchObject({ new: 0, quarantined: 0 });
    expect(lab.lake().written('quarantine')).toEqual(before);
  });

  test('P1, P4: a double on its page: one stands, the other is quarantined, in any order', async ({
    lab,
  }) => {
    const [one, other] = [sync(4, { rows_synced: 1 }), sync(4, { rows_synced: 2 })];
    const rows = [
      ...syncs(4),
      one,
      other,
      sync(4, { rows_synced: 1, job_status: 'running', sync_finish_time: null }),
    ];
    const worlds = [worldOf({ a: rows }), worldOf({ a: rows.toReversed() })];
    const lakes = await Promise.all(
      worlds.map(async (world, index) => {
        const data = `${lab.data}-${index}`;
        await lab.exportHere(await lab.serve({ world }), ['--data', data]);
        return readLake(data);
      }),
    );
    for (const lake of lakes) {
      expect(lake.lines('syncs')).toHaveLength(5);
      expect(lake.lines('quarantine')).toHaveLength(2);
    }
    expect(lakes[1]?.bytes('syncs')).toEqual(lakes[0]?.bytes('syncs'));
  });
});

describe.concurrent('P10: the list of integrations', () => {
  test('contact_emails stands in no file; odd rows are quarantined without it', async ({ lab }) => {
    const hidden = 'someone@shop.example';
    const odd = [
      { ...integrationNamed('x'), integration_id: null },
      { ...integrationNamed('b'), extra: [{ contact_emails: hidden }], Contact_Emails: hidden, kept: 'kept' },
      [{ contact_emails: hidden }],
      null,
    ];
    const world = worldOf({ a: syncs(2) });
    const integrations = () => [...world.integrations(0), ...odd] as ReturnType<typeof world.integrations>;
    const rows = (id: string) => (id === 'b' ? [] : world.rows(id, 0));
    const server = await lab.serve({ world: { integrations, rows } });
    const { receipt, stdout, stderr } = await lab.exportHere(server);
    expect(receipt.outcome).toBe('complete');
    expect(stdout + stderr).not.toContain(hidden);
    expect(filesHolding(lab.root, hidden)).toEqual([]);
    expect(filesHolding(lab.root, 'ontact_')).toEqual([]);
    expect(lab.lake().lines('integrations')).toMatchObject([
      { integration_id: 'a', integration_name: 'Name of a' },
      { integration_id: 'b', raw: expect.stringContaining('"kept":"kept"') },
    ]);
    expect(
      lab
        .lake()
        .lines('quarantine')
        .map(({ integration_id }) => integration_id),
    ).toEqual([null, null, null]);
    expect(receipt.rows).toMatchObject({ new: 2, quarantined: 3 });
  });
});
