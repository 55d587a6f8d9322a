import { describe, expect, test } from 'vitest';
import { newListing, readList } from '../../../lambda/run/integration-list.ts';
import { type Answer, page, reply, requesting } from './requesting.ts';

const row = (id: string) => ({ integration_id: id, contact_emails: 'me@example.com' });
const refused = reply(400, '{"message":"Invalid cursor"}');

async function read(readings: readonly (readonly Answer[])[]) {
  const listing = newListing();
  const requests: (string | undefined)[] = [];
  for (const answers of readings) {
    const asked = requesting(answers);
    await readList(asked.requester, listing);
    requests.push(...asked.requests.map(({ path }) => path.split('cursor=')[1]));
  }
  return { ids: [...listing.rows.keys()], whole: listing.whole, listing, requests };
}

describe('readList', () => {
  test('follows the cursors to the end', async () => {
    const { ids, whole, requests } = await read([
      [page([row('a')], 'x'), page([row('b')], 'y'), page([row('c')])],
    ]);
    expect([ids, whole]).toEqual([['a', 'b', 'c'], true]);
    expect(requests).toEqual([undefined, 'x', 'y']);
  });

  test('an empty list is whole', async () => {
    expect(await read([[page([])]])).toMatchObject({ ids: [], whole: true });
  });

  test('P3: an empty page is the end, whatever it links to', async () => {
    const answers = [page([row('a')], 'x'), page([], 'y'), page([row('never')])];
    expect(await read([answers])).toMatchObject({ ids: ['a'], whole: true, requests: [undefined, 'x'] });
  });

  test('P3: rows that drift between pages are held once, with the latest of what was said', async () => {
    const renamed = { integration_id: 'a', integration_name: 'new' };
    const { ids, listing } = await read([[page([row('a'), row('b')], 'x'), page([row('b'), renamed])]]);
    expect(ids).toEqual(['a', 'b']);
    expect(listing.rows.get('a')?.line).toContain('"integration_name":"new"');
  });

  test('P3: what one reading has skipped the second one adds', async () => {
    const first = [page([row('a')], 'x'), page([row('c')])];
    const second = [page([row('a'), row('b')], 'x'), page([row('c')])];
    expect((await read([first, second])).ids.sort()).toEqual(['a', 'b', 'c']);
  });

  test('P3: a refused cursor is the end only where a second reading is refused there, too', async () => {
    const reading = [page([row('a')], 'x'), refused];
    expect((await read([reading])).whole).toBe(false);
    expect((await read([reading, reading])).whole).toBe(true);
    expect((await read([reading, [page([row('a')], 'other'), refused]])).whole).toBe(false);
    expect((await read([reading, [page([row('a')], 'x'), page([row('b')])]])).whole).toBe(true);
  });

  test('P8: cursors that lead in a circle end, and prove nothing', async () => {
    const circle = [page([row('a')], 'x'), page([row('b')], 'y'), page([row('c')], 'x')];
    const { ids, whole, requests } = await read([circle]);
    expect([ids, whole, requests.length]).toEqual([['a', 'b', 'c'], false, 3]);
  });

  test('P8: a list without end, under ever new cursors, ends and proves nothing', async () => {
    let pages = 0;
    const endless = () => {
      pages += 1;
      return page([row('a')], `c${pages}`);
    };
    const { whole } = await read([[endless]]);
    expect(whole).toBe(false);
    expect(pages).toBeLessThan(200);
  });

  test('a long list is read to its end, though some of its pages name nobody new', async () => {
    const pages = Array.from({ length: 300 }, (_, index) => {
      const next = index < 299 ? `c${index}` : undefined;
      return page([row(String(Math.floor(index / 50)))], next);
    });
    expect(await read([pages])).toMatchObject({ ids: ['0', '1', '2', '3', '4', '5'], whole: true });
  });

  test('P10: rows that name no integration are kept, and stop nobody', async () => {
    const { ids, listing } = await read([
      [page([5, row('a'), { integration_id: null, contact_emails: 'me@x' }])],
    ]);
    expect(ids).toEqual(['a']);
    expect(listing.quarantined.map(({ raw }) => raw)).toEqual(['5', '{"integration_id":null}']);
  });

  test('personal data is nowhere', async () => {
    const { listing } = await read([[page([row('a'), 5])]]);
    expect(JSON.stringify([...listing.rows, ...listing.quarantined])).not.toContain('me@example.com');
  });

  test('P10: a 400 that speaks of integrations says of nobody that they are gone', async () => {
    const answer = reply(400, '{"message":"Integrations can not be listed now"}');
    await expect(read([[answer], [answer]])).rejects.toThrow('did not answer');
  });
});
