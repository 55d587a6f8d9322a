/** A lie is told when it is to be told, of whom it is to be told, and changes nothing else. */
import { describe, expect, test } from 'vitest';
import type { Answer } from '../../../local/simulator/answer.ts';
import { SimulatedBraze } from '../../../local/simulator/braze.ts';
import { startSimulatedBraze } from '../../../local/simulator/http.ts';
import { type LieName, lieNames, type ToldLie } from '../../../local/simulator/lies/told-lie.ts';
import type { Quirks } from '../../../local/simulator/quirks.ts';
import { rowWorld, syncs } from './row-world.ts';

const noon = Date.UTC(2026, 2, 1, 12);
const list = '/cdi/integrations';
const page = (skip?: number) =>
  `/cdi/integrations/one/job_sync_status${skip === undefined ? '' : `?cursor=${btoa(`skip:${skip}`)}`}`;

function lying(told: Omit<ToldLie, 'after' | 'times'> & Partial<ToldLie>, quirks: Partial<Quirks> = {}) {
  const lies = [{ after: 0, times: 1, ...told }];
  return new SimulatedBraze(rowWorld(syncs(30)), { quirks: { ...quirks, lies } });
}

const rowsOf = ({ body }: Answer): { sync_start_time: string }[] => JSON.parse(body).results;

describe('a lie', () => {
  test('is told after so many answers that it concerns, so often, and then no more', () => {
    const braze = lying({ name: 'empty page', after: 1, times: 2 });
    const counts = [page(), page(10), page(10), page(), page(10), page(10), page(20)].map(
      (path) => rowsOf(braze.answer({ path }, noon)).length,
    );
    expect(counts).toEqual([10, 10, 0, 10, 0, 10, 10]);
    expect(braze.liar.told.get('empty page')).toBe(2);
  });

  test('is told for ever', () => {
    const braze = lying({ name: 'forbidden', times: null });
    const statuses = Array.from({ length: 20 }, () => braze.answer({ path: page() }, noon).status);
    expect(new Set(statuses)).toEqual(new Set([403]));
  });

  test('about one integration is not told of another', () => {
    const braze = lying({ name: 'not found', integrationId: 'another', times: null });
    expect(braze.answer({ path: page() }, noon).status).toBe(200);
  });

  test.each(lieNames)('%s: is not what is true', (name: LieName) => {
    const told = lying({ name, times: null });
    const honest = new SimulatedBraze(rowWorld(syncs(30)));
    const differences = [list, page(), page(10)].filter(
      (path) => JSON.stringify(told.answer({ path }, noon)) !== JSON.stringify(honest.answer({ path }, noon)),
    );
    // The list of one integration has no second page: nothing to filter.
    expect(differences.length > 0).toBe(name !== 'filtered list page');
  });
});

describe('what is said', () => {
  const said = (name: LieName, path: string, quirks: Partial<Quirks> = {}) =>
    lying({ name }, quirks).answer({ path }, noon);

  test('a filtered page names the next one, an empty page does not', () => {
    expect(said('filtered page', page(10)).headers.link).toContain('next');
    expect(said('empty page', page(10)).headers.link).toBeUndefined();
  });

  test.each([true, false])('starts lose their microseconds, whether bodies are pretty (%s)', (pretty) => {
    const [row] = rowsOf(said('milliseconds in starts', page(), { pretty }));
    expect(row?.sync_start_time).toMatch(/\.\d{3}Z$/);
  });

  test('an outage says how long to wait, and when it is', () => {
    expect(said('unavailable', list)).toMatchObject({
      status: 503,
      headers: { 'retry-after': '20', date: 'Sun, 01 Mar 2026 12:00:00 GMT' },
    });
  });

  test('nothing at all: over HTTP the connection breaks off', async () => {
    const lies = [{ name: 'no answer', after: 0, times: 1 } as const];
    const server = await startSimulatedBraze({ world: rowWorld(syncs(3)), quirks: { lies } });
    try {
      await expect(fetch(server.endpoint + page())).rejects.toThrow('fetch failed');
      expect((await fetch(server.endpoint + page())).status).toBe(200);
    } finally {
      await server.close();
    }
  });
});

describe('forms that were seen nowhere, and may be', () => {
  test('a prev to the first page without a cursor', () => {
    const braze = new SimulatedBraze(rowWorld(syncs(30)), {
      quirks: { prevToFirstPage: 'bare', linkForm: 'relative' },
    });
    expect(braze.answer({ path: page(10) }, noon).headers.link).toContain('job_sync_status>; rel="prev"');
    expect(braze.answer({ path: page(20) }, noon).headers.link).toMatch(/cursor=[^>]*>; rel="prev"/);
  });

  test('a page without rows that has no results', () => {
    const braze = new SimulatedBraze(rowWorld([]), { quirks: { withoutRows: 'message_only' } });
    expect(braze.answer({ path: page() }, noon).body).toBe('{"message":"success"}');
  });
});
