import { describe, expect, test } from 'vitest';
import { SimulatedBraze } from '../../../local/simulator/braze.ts';
import { RawJson } from '../../../local/simulator/world.ts';
import { rowWorld, syncAt, syncs } from './row-world.ts';
import { ask, cursorIn, resultsOf, walk } from './walk-pages.ts';

function served(rows: readonly unknown[], quirks = {}): unknown[] {
  return walk(new SimulatedBraze(rowWorld(rows), { quirks })).flatMap(resultsOf);
}

describe('order', () => {
  test('newest first is the default', () => {
    expect(served(syncs(25))).toEqual(syncs(25).toReversed());
  });

  test('oldest first', () => {
    expect(served(syncs(25), { order: 'oldest_first' })).toEqual(syncs(25));
  });

  test('unordered holds every row once, in neither order', () => {
    const rows = served(syncs(25), { order: 'unordered' });
    expect(rows).toHaveLength(25);
    expect(new Set(rows.map((row) => JSON.stringify(row))).size).toBe(25);
    expect(rows).not.toEqual(syncs(25));
    expect(rows).not.toEqual(syncs(25).toReversed());
  });

  test('unordered rows keep their places when others come, go and finish, also within one array', () => {
    const rows: unknown[] = [...syncs(24), syncAt(24, { job_status: 'running' })];
    const braze = new SimulatedBraze(rowWorld(rows), { quirks: { order: 'unordered' } });
    const starts = () =>
      walk(braze)
        .flatMap(resultsOf)
        .map((row) => (row as { rows_synced: number }).rows_synced);
    const before = starts();
    rows[24] = syncAt(24);
    expect(starts()).toEqual(before);
    rows.splice(3, 1);
    rows.push(syncAt(99));
    expect(starts().filter((start) => start !== 99)).toEqual(before.filter((start) => start !== 3));
    expect(starts()).toContain(99);
  });
});

describe('pages', () => {
  test('hold ten rows, the last one the rest', () => {
    const sizes = walk(new SimulatedBraze(rowWorld(syncs(25)))).map((answer) => resultsOf(answer).length);
    expect(sizes).toEqual([10, 10, 5]);
  });

  test('link as documented: no header at ten rows, no prev without a cursor, no next on the last page', () => {
    const quirks = { nextOnLastFullPage: true, prevAtFirstPage: 'self' } as const;
    const ten = new SimulatedBraze(rowWorld(syncs(10)), { quirks });
    expect(ask(ten, Buffer.from('skip:0').toString('base64')).headers.link).toBeUndefined();
    const answers = walk(new SimulatedBraze(rowWorld(syncs(30))));
    const links = answers.map((answer) => [cursorIn(answer, 'prev'), cursorIn(answer, 'next')]);
    const skip = (count: number) => Buffer.from(`skip:${count}`).toString('base64');
    expect(links).toEqual([
      [undefined, skip(10)],
      [skip(0), skip(20)],
      [skip(10), undefined],
    ]);
  });

  test('the first page asked for with a cursor links back to itself only as a quirk', () => {
    const first = Buffer.from('skip:0').toString('base64');
    const braze = new SimulatedBraze(rowWorld(syncs(11)));
    expect(cursorIn(ask(braze, first), 'prev')).toBeUndefined();
    braze.quirks.prevAtFirstPage = 'self';
    expect(cursorIn(ask(braze, first), 'prev')).toBe(first);
    expect(cursorIn(ask(braze), 'prev')).toBeUndefined();
  });

  test('a full last page links past the end only as a quirk', () => {
    expect(walk(new SimulatedBraze(rowWorld(syncs(20))))).toHaveLength(2);
    const quirks = { nextOnLastFullPage: true };
    const answers = walk(new SimulatedBraze(rowWorld(syncs(20)), { quirks }));
    expect(answers.map((answer) => resultsOf(answer).length)).toEqual([10, 10, 0]);
    expect(walk(new SimulatedBraze(rowWorld(syncs(25)), { quirks }))).toHaveLength(3);
  });

  test('past the end is empty or refused', () => {
    const beyond = Buffer.from('skip:20').toString('base64');
    const braze = new SimulatedBraze(rowWorld(syncs(20)));
    expect(resultsOf(ask(braze, beyond))).toEqual([]);
    braze.quirks.pastEnd = 'invalid_cursor';
    expect(ask(braze, beyond).status).toBe(400);
    expect(ask(new SimulatedBraze(rowWorld([]), { quirks: braze.quirks })).status).toBe(200);
  });

  test('the list of integrations pages alike, in its own order', () => {
    const braze = new SimulatedBraze(rowWorld([], 23), { quirks: { order: 'oldest_first' } });
    const ids = walk(braze, 0, '/cdi/integrations')
      .flatMap(resultsOf)
      .map((row) => (row as { integration_id: string }).integration_id);
    expect(ids).toEqual(Array.from({ length: 23 }, (_, index) => `id-${index}`));
    expect(braze.requests).toEqual({ list: 3, status: 0 });
  });
});

describe('bodies', () => {
  test('raw rows are served as they stand', () => {
    const json = '{"sync_start_time":"x","rows_synced":9007199254740993,"rows_synced":1e2}';
    const { body } = ask(new SimulatedBraze(rowWorld([new RawJson(json)])));
    expect(body).toBe(`{"results":[${json}],"message":"success"}`);
  });

  test('hostile rows do not stop the answer', () => {
    const rows = [null, 7, 'text', [], {}, undefined, { sync_start_time: 5 }];
    for (const order of ['unordered', 'oldest_first'] as const) {
      const braze = new SimulatedBraze(rowWorld(rows), { quirks: { order, capitalisedStatuses: true } });
      expect(resultsOf(ask(braze))).toHaveLength(rows.length);
    }
  });

  test('pretty bodies say the same', () => {
    const [plain, pretty] = [false, true].map((isPretty) =>
      ask(new SimulatedBraze(rowWorld(syncs(3)), { quirks: { pretty: isPretty } })),
    );
    expect(pretty?.body).toContain('\n      "job_status": "success"');
    expect(pretty?.body).toContain('\n  "message": "success"');
    expect(JSON.parse(pretty?.body ?? '')).toEqual(JSON.parse(plain?.body ?? ''));
  });

  test('statuses may be capitalised', () => {
    const rows = [syncAt(0, { job_status: 'config_error' })];
    const braze = new SimulatedBraze(rowWorld(rows), { quirks: { capitalisedStatuses: true } });
    expect(resultsOf(ask(braze))).toEqual([syncAt(0, { job_status: 'Config_error' })]);
    expect(ask(braze, undefined, 0, '/cdi/integrations').body).toContain('"last_job_status":"Success"');
  });
});

describe('refusals', () => {
  test('an unknown integration is a 400 or a 404', () => {
    const braze = new SimulatedBraze(rowWorld([]));
    const askUnknown = () => ask(braze, undefined, 0, '/cdi/integrations/other/job_sync_status');
    expect(askUnknown()).toMatchObject({
      status: 400,
      body: expect.stringContaining('Invalid integration ID'),
    });
    braze.quirks.unknownIntegration = 404;
    expect(askUnknown().status).toBe(404);
  });

  test('a URL with the documented missing slash is a 404, and counts as neither kind', () => {
    const braze = new SimulatedBraze(rowWorld([]));
    expect(ask(braze, undefined, 0, '/cdi/integrationsone/job_sync_status').status).toBe(404);
    expect(braze.requests).toEqual({ list: 0, status: 0 });
    expect(braze.log).toEqual([{ at: 0, kind: 'other', status: 404 }]);
  });

  test('an id is decoded from the path', () => {
    const world = { integrations: () => [], rows: (id: string) => (id === 'a/b ü' ? [] : undefined) };
    const path = `/cdi/integrations/${encodeURIComponent('a/b ü')}/job_sync_status`;
    expect(ask(new SimulatedBraze(world), undefined, 0, path).status).toBe(200);
    expect(ask(new SimulatedBraze(world), undefined, 0, '/cdi/integrations/%E0/job_sync_status').status).toBe(
      404,
    );
  });
});
