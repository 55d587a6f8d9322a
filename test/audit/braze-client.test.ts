/** How the audit asks Braze: within the limit, past what goes wrong, and without a word of the key. */
import { expect, onTestFinished, test } from 'vitest';
import { type BrazeAccess, BrazeClient } from '../../audit/braze/client.ts';
import { nextCursor } from '../../audit/braze/link.ts';
import { RateLimit, waitAfter } from '../../audit/braze/rate-limit.ts';
import { rawRows } from '../../audit/braze/raw-rows.ts';
import type { Fault } from '../../local/simulator/faults.ts';
import { startSimulatedBraze } from '../../local/simulator/http.ts';
import { syncs, worldOf } from '../end-to-end/workspace.ts';

/** A clock that only sleeping moves. */
function fakeTime() {
  let now = 1_000_000;
  const sleep = async (ms: number) => {
    now += ms;
  };
  return { now: () => now, sleep };
}

test('P7: never more than the limit in any minute', async () => {
  const time = fakeTime();
  const limit = new RateLimit(10, time);
  const sent: number[] = [];
  for (let request = 0; request < 55; request += 1) {
    await limit.take();
    sent.push(time.now());
    await time.sleep(request % 7);
  }
  for (const from of sent)
    expect(sent.filter((at) => at >= from && at < from + 60_000).length).toBeLessThanOrEqual(10);
  expect(sent.at(-1)).toBeLessThan(1_000_000 + 6 * 61_000);
});

test('after the last try it does not wait for one more', async () => {
  const time = fakeTime();
  const began = time.now();
  const access = { endpoint: new URL('http://127.0.0.1:9'), apiKey: 'key', requestsPerMinute: 100, time };
  await expect(new BrazeClient(access).list().next()).rejects.toThrow('it does not answer');
  expect(time.now() - began).toBe(15_000);
});

test.each([
  [{ 'x-ratelimit-retry-after': '7' }, 7],
  [{ 'retry-after': '5' }, 5],
  [{ 'x-ratelimit-reset': '1800000009' }, 9],
  [{ 'x-ratelimit-reset': '12' }, 12],
  [{ 'x-ratelimit-reset': '1900000000' }, 60],
  [{ 'retry-after': 'soon' }, 60],
  [{}, 60],
])('a 429 with %o waits %d seconds', (headers, seconds) => {
  expect(waitAfter(new Headers(headers), 1_800_000_000_000)).toBe(seconds * 1000);
});

test.each([
  ['</cdi/x?cursor=c2tpcDow>; rel="prev",</cdi/y?cursor=c2tpcDoxMDA=>; rel="next"', 'c2tpcDoxMDA='],
  ['<https://elsewhere.example/?cursor=a%2Bb>;rel=next', 'a+b'],
  ['</x?cursor=a+b/c>; title="one; two, <three>"; rel="last next"', 'a+b/c'],
  ['</x?cursor=p>; rel="prev"', undefined],
  ['</x>; rel="next"', undefined],
  [null, undefined],
])('the next page of %s', (header, cursor) => expect(nextCursor(header)).toBe(cursor));

test('rows are kept as they were sent, of a name that stands twice the last', () => {
  const rows = ['{"a": 1.0, "b":"],}\\""}', '12.50', '"x,y"', '[ {} ,[]]', 'null'];
  const page = `{ "message":"a\\"[","results":[1],"results" : [${rows.join(' , ')}] , "more":{"results":[2]}}`;
  expect(rawRows(page)).toEqual(rows);
  expect(rawRows('{"results":[]}')).toEqual([]);
  expect(rawRows('{"results":null}')).toBeUndefined();
});

async function client(faults: readonly (Fault | undefined)[], more: Partial<BrazeAccess> = {}) {
  const left = [...faults];
  const server = await startSimulatedBraze({
    world: worldOf({ one: syncs(12) }),
    quirks: { statusLimit: 100_000 },
    faults: () => left.shift(),
  });
  onTestFinished(() => server.close());
  const endpoint = new URL(server.endpoint);
  return new BrazeClient({
    endpoint,
    apiKey: 'sentinel-key',
    requestsPerMinute: 1000,
    time: fakeTime(),
    ...more,
  });
}

const count = async (braze: BrazeClient, id = 'one') => {
  let rows = 0;
  for await (const page of braze.syncs(id)) rows += page.length;
  return rows;
};

test('an integration that Braze does not know has no syncs', async () => {
  expect(await count(await client([]), 'other')).toBe(0);
});

test('what goes wrong for a while is asked again', async () => {
  const braze = await client([{ status: 503 }, { status: 429 }, 'reset']);
  expect(await count(braze)).toBe(12);
  expect(braze.requests).toBe(5);
});

test('a limit that is used up for ever is told while it waits, and is given up after a quarter of an hour', async () => {
  const time = fakeTime();
  const waits: number[] = [];
  // As many as the loop without an end would have had in a day.
  const faults = Array.from({ length: 1440 }, () => ({ status: 429, headers: { 'retry-after': '60' } }));
  const braze = await client(faults, { time, onLimited: (waitMs) => waits.push(waitMs) });
  const began = time.now();
  await expect(count(braze)).rejects.toThrow(
    /^Braze could not be read: .+ 429 \(too many requests\)\. .+again/,
  );
  expect(time.now() - began).toBe(15 * 60_000);
  expect(waits).toEqual(Array(15).fill(60_000));
});

test('what is refused for long, and answered in between, goes on', async () => {
  const tenMinutes = Array.from({ length: 10 }, () => ({ status: 429 }));
  const braze = await client([...tenMinutes, undefined, ...tenMinutes]);
  expect(await count(braze)).toBe(12);
});

test('P12: what goes wrong for ever ends in a sentence without the key', async () => {
  const braze = await client(Array.from({ length: 9 }, () => ({ status: 503 })));
  await expect(count(braze)).rejects.toThrow('Braze could not be read: it answers 503.');
  const denied = await client([{ status: 401 }]);
  await expect(count(denied)).rejects.toThrow(/refuses the key \(401\)/);
});
