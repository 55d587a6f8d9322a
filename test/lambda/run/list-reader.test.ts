import { describe, expect, test } from 'vitest';
import type { ListReading } from '../../../lambda/checkpoint/workspace-facts.ts';
import { Denied } from '../../../lambda/errors/denied.ts';
import { NoConnection } from '../../../lambda/errors/no-connection.ts';
import { OutOfTime } from '../../../lambda/errors/out-of-time.ts';
import { Unanswered } from '../../../lambda/errors/unanswered.ts';
import { Failures } from '../../../lambda/run/failures.ts';
import { IntegrationRuns } from '../../../lambda/run/integration-runs.ts';
import { ListReader } from '../../../lambda/run/list-reader.ts';
import { type Answer, began, page, reply, requesting } from './requesting.ts';

const row = (id: string) => ({ integration_id: id, contact_emails: 'me@example.com' });
const end = (...rows: unknown[]) =>
  reply(200, JSON.stringify({ results: rows }), { link: '<?cursor=before>; rel="prev"' });

interface Start {
  readonly known?: readonly string[];
  readonly left?: ListReading | null;
  readonly pages?: number;
}

/** Reads so many pages, or all. */
async function read(
  answers: readonly Answer[],
  { known = [], left = null, pages = Number.POSITIVE_INFINITY }: Start = {},
) {
  const integrations = new IntegrationRuns();
  integrations.takeNamed(known);
  const asked = requesting(answers);
  const failures = new Failures(() => {});
  const context = { requester: asked.requester, integrations, failures, recognise: async () => {} };
  const reader = new ListReader(context, left, began);
  const joined: string[] = [];
  const quarantined: string[] = [];
  for (let count = 0; !reader.isOver && count < pages; count += 1) {
    try {
      const effects = await reader.take(await reader.request());
      joined.push(...effects.joining.map(({ id }) => id));
      quarantined.push(...effects.quarantined.map(({ raw }) => raw));
    } catch (error) {
      failures.add(reader.giveUp(error) ?? '');
    }
  }
  const cursors = asked.requests.map(({ path }) => path.split('cursor=')[1]);
  return { reader, integrations, joined, quarantined, failures: failures.sentences, cursors };
}

describe('ListReader', () => {
  test('whom each page names is to be exported from then on', async () => {
    const { joined, integrations, cursors } = await read([page([row('a')], 'x'), page([row('b')], 'y')], {
      pages: 2,
    });
    expect(joined).toEqual(['a', 'b']);
    expect(integrations.due.map(({ id }) => id)).toEqual(['a', 'b']);
    expect(cursors).toEqual([undefined, 'x']);
  });

  test('whom it names and who was to be exported already does not join again', async () => {
    expect((await read([page([row('a'), row('b')])], { known: ['b'] })).joined).toEqual(['a']);
  });

  test('P3: rows that drift between pages are held once, with the latest of what was said', async () => {
    const renamed = { integration_id: 'a', integration_name: 'new' };
    const { reader, joined } = await read([page([row('a'), row('b')], 'x'), end(row('b'), renamed)]);
    expect(joined).toEqual(['a', 'b']);
    expect(reader.rows.get('a')?.line).toContain('"integration_name":"new"');
  });

  test('P10: rows that name no integration are kept, and stop nobody', async () => {
    const odd = [5, row('a'), { integration_id: null, contact_emails: 'me@x' }];
    const { joined, quarantined } = await read([page(odd)]);
    expect(joined).toEqual(['a']);
    expect(quarantined).toEqual(['5', '{"integration_id":null}']);
  });

  test('personal data is nowhere', async () => {
    const { reader, quarantined } = await read([page([row('a'), 5])]);
    expect(JSON.stringify([...reader.rows, quarantined])).not.toContain('me@example.com');
  });

  test('P10: a 400 that speaks of integrations is no answer, and a sentence', async () => {
    const { reader, failures } = await read([reply(400, '{"message":"Integrations can not be listed now"}')]);
    expect(reader.isWhole).toBe(false);
    expect(failures).toEqual([expect.stringContaining('did not answer')]);
  });

  test('a list that leads in a circle is said to', async () => {
    const circle = [page([row('a')], 'x'), page([row('b')], 'y'), page([row('c')], 'x')];
    const { failures, joined } = await read(circle);
    expect(joined).toEqual(['a', 'b', 'c']);
    expect(failures).toEqual([expect.stringContaining('in a circle')]);
  });

  test('P16: that names nobody new for a hundred pages leads in a circle, however the pages are called', async () => {
    const answers = Array.from({ length: 101 }, (_, index) => page([row('a')], `x${index}`));
    const { failures, cursors } = await read(answers);
    expect([cursors.length, failures]).toEqual([101, [expect.stringContaining('in a circle')]]);
  });

  test('of more than 20,000 is said to be, and left where it is: as many are no reason to stop', async () => {
    const many = Array.from({ length: 20_000 }, (_, index) => ({ integration_id: `i${index}` }));
    const { reader, joined, failures, cursors } = await read([
      page(many, 'x'),
      page([row('one more')], 'y'),
      end(row('beyond')),
    ]);
    expect(cursors).toEqual([undefined, 'x']);
    expect([joined.length, joined.at(-1)]).toEqual([20_001, 'one more']);
    expect(failures).toEqual([expect.stringContaining('more than 20000')]);
    expect([reader.isOver, reader.isWhole, reader.left]).toEqual([true, false, null]);
  });

  test('has spoken when it has named somebody, or has come to its end', async () => {
    const spoken = async (...args: Parameters<typeof read>) => (await read(...args)).reader.hasSpoken;
    expect(await spoken([page([row('a')], 'x')], { pages: 1 })).toBe(true);
    expect(await spoken([page([])])).toBe(true);
    expect(await spoken([page([5], 'x')], { pages: 1 })).toBe(false);
    expect(await spoken([page([])], { pages: 0 })).toBe(false);
  });

  test('a place that is no more is no failure: it is read from its beginning', async () => {
    const left = { began: began - 1000, place: 'x' };
    const gone = reply(400, '{"message":"Invalid cursor"}');
    const { cursors, reader, joined, quarantined } = await read([gone, page([row('a')])], { left });
    expect([cursors, joined, reader.isWhole]).toEqual([['x', undefined], ['a'], true]);
    expect(quarantined).toEqual([]);
  });

  test('a place in a list that was begun less than a day ago is gone on from', async () => {
    const left = { began: began - 24 * 3_600_000 + 1, place: 'x' };
    expect((await read([end(row('a'))], { left })).cursors).toEqual(['x']);
  });

  test('where nobody is there at all, it is no matter of the list alone', async () => {
    const { reader } = await read([page([])], { pages: 0 });
    const nobody = new Unanswered(new NoConnection('no connection'), 5);
    expect(() => reader.giveUp(nobody)).toThrow(Denied);
    expect(reader.isLate).toBe(false);
    expect([reader.giveUp(new OutOfTime()), reader.isLate, reader.isOver]).toEqual([undefined, true, true]);
    expect(() => reader.giveUp(new TypeError('A fault.'))).toThrow('A fault.');
  });

  test('P16: ten rows without a header cost one request where they are those that are known', async () => {
    const ids = Array.from({ length: 10 }, (_, index) => `i${index}`);
    expect((await read([page(ids.map(row))], { known: ids })).cursors).toHaveLength(1);
    expect((await read([page(ids.map(row))], { known: [...ids, 'other'] })).cursors).toHaveLength(2);
    expect((await read([page(ids.map(row))], { known: ids.slice(1) })).cursors).toHaveLength(2);
  });
});

describe('a list that is longer than a run', () => {
  test('is left at the page that comes next, and gone on from there', async () => {
    const first = await read([page([row('a')], 'x')], { pages: 1 });
    expect(first.reader.left).toEqual({ began, place: 'x' });
    const second = await read([end(row('b'))], { left: first.reader.left });
    expect(second.cursors).toEqual(['x']);
    expect(second.reader.isWhole).toBe(true);
    expect(second.reader.left).toBeNull();
  });

  test('of which nothing was read leaves nothing', async () => {
    expect((await read([page([])], { pages: 0 })).reader.left).toBeNull();
  });

  test.each([
    ['a day ago', began - 24 * 3_600_000],
    ['in the future', began + 1],
  ])('that was begun %s is begun anew', async (_, leftAt) => {
    const { cursors } = await read([page([row('a')])], { left: { began: leftAt, place: 'x' } });
    expect(cursors).toEqual([undefined]);
  });

  test('P16: whom an earlier run of the same reading has named is not missing', async () => {
    const left = { began: began - 60_000, place: 'x' };
    const { reader, integrations } = await read([end(row('c'))], { left, known: ['a', 'b'] });
    integrations.byId.get('a')?.rememberNamed(left.began);
    reader.conclude();
    expect(integrations.all.map(({ id, state }) => [id, state.missingSince])).toEqual([
      ['a', null],
      ['b', left.began],
      ['c', null],
    ]);
  });

  test('remembers whom it has named', async () => {
    const { reader, integrations } = await read([page([row('a')], 'x')], { known: ['b'], pages: 1 });
    reader.conclude();
    expect(integrations.all.map(({ id, state }) => [id, state.namedInReading])).toEqual([
      ['b', null],
      ['a', began],
    ]);
  });

  test('remembers nobody when it has come to its end', async () => {
    const { reader, integrations } = await read([page([row('a')])]);
    reader.conclude();
    expect(integrations.byId.get('a')?.state.namedInReading).toBeNull();
  });
});
