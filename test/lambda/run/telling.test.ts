import { expect, test } from 'vitest';
import { LostRace } from '../../../lambda/errors/lost-race.ts';
import { StoreFailure } from '../../../lambda/errors/store-failure.ts';
import { joinDay } from '../../../lambda/lake/sync-day.ts';
import { syncsKey } from '../../../lambda/schema/keys.ts';
import { placed } from '../rows/rows.ts';
import { syncAt } from '../standing/judged.ts';
import { ago, now } from './integrations.ts';
import { dayMs, hourMs, noticeOf, openOf, Sink, TellingDesk } from './telling-desk.ts';

const both = ['topic', 'events'];

async function deskWith(...begin: Parameters<TellingDesk['begin']>): Promise<TellingDesk> {
  const desk = new TellingDesk();
  await desk.begin(...begin);
  return desk;
}

test('what has arrived leaves the outbox, of each place by itself', async () => {
  const desk = await deskWith([{ notice: noticeOf('x', 'raised'), sinks: both }], [openOf('x')]);
  const [topic, events] = [new Sink('topic'), new Sink('events', () => false)];
  await desk.tell([topic, events]);
  expect([topic.calls, events.calls]).toEqual([[['x/raised']], [['x/raised']]]);
  expect(await desk.outbox()).toEqual([['x/raised', ['events']]]);

  const [again, back] = [new Sink('topic'), new Sink('events')];
  await desk.tell([again, back]);
  expect([again.calls, back.calls]).toEqual([[], [['x/raised']]]);
  expect(await desk.outbox()).toEqual([]);
});

test('what was told and could not be written down is told again, under the same id', async () => {
  const desk = await deskWith([{ notice: noticeOf('x', 'raised'), sinks: ['topic'] }], [openOf('x')]);
  const first = new Sink('topic');
  await desk.tell([first], async () => {
    throw new StoreFailure('The store did not answer in time.');
  });
  const second = new Sink('topic');
  await desk.tell([second]);
  expect([first.calls, second.calls]).toEqual([[['x/raised']], [['x/raised']]]);
  // By that a receiver tells it from one that has come back.
  expect(desk.told[1]?.at).toBe(desk.told[0]?.at);
});

test('another run that has written the record meanwhile is no failure of this one', async () => {
  const desk = await deskWith([{ notice: noticeOf('x', 'raised'), sinks: ['topic'] }], [openOf('x')]);
  await desk.tell([new Sink('topic')], async () => {
    throw new LostRace('The checkpoint record a');
  });
  expect(await desk.outbox()).toEqual([['x/raised', ['topic']]]);
});

test('any other error of the second write is a fault, and is thrown', async () => {
  const desk = await deskWith([{ notice: noticeOf('x', 'raised'), sinks: ['topic'] }]);
  const fault = desk.tell([new Sink('topic')], async () => {
    throw new TypeError('a fault');
  });
  await expect(fault).rejects.toThrow('a fault');
});

test('where nothing is to be told, nobody is asked and nothing is written', async () => {
  const desk = await deskWith([], [openOf('x')]);
  const topic = new Sink('topic');
  await desk.tell([topic]);
  expect([topic.calls, desk.writes]).toEqual([[], 0]);
});

test('where nothing has arrived, the record is not written again', async () => {
  const desk = await deskWith([{ notice: noticeOf('x', 'raised'), sinks: ['topic'] }], [openOf('x')]);
  await desk.tell([new Sink('topic', () => false)]);
  expect(desk.writes).toBe(0);
});

test('an end is told after its beginning has arrived, in the same run, and beside others', async () => {
  const desk = await deskWith([
    { notice: noticeOf('x', 'raised'), sinks: ['topic'] },
    { notice: noticeOf('y', 'resolved'), sinks: ['topic'] },
    { notice: noticeOf('x', 'resolved'), sinks: ['topic'] },
  ]);
  const topic = new Sink('topic');
  await desk.tell([topic]);
  expect(topic.calls).toEqual([['x/raised', 'y/resolved'], ['x/resolved']]);
  expect(await desk.outbox()).toEqual([]);
});

test('an end whose beginning has not arrived waits for it', async () => {
  const desk = await deskWith([
    { notice: noticeOf('x', 'raised'), sinks: ['topic'] },
    { notice: noticeOf('x', 'resolved'), sinks: ['topic'] },
  ]);
  await desk.tell([new Sink('topic', ({ event }) => event === 'resolved')]);
  expect(await desk.outbox()).toEqual([
    ['x/raised', ['topic']],
    ['x/resolved', ['topic']],
  ]);
});

test('what is open is news for longer than a week; what is over is not, nor its end to whoever was not told of it', async () => {
  const old = 8 * dayMs;
  const desk = await deskWith(
    [
      { notice: noticeOf('open', 'raised', old), sinks: ['topic'] },
      { notice: noticeOf('over', 'raised', old), sinks: ['topic'] },
      { notice: noticeOf('over', 'resolved'), sinks: both },
      { notice: noticeOf('younger', 'raised', 6 * dayMs), sinks: ['topic'] },
    ],
    [openOf('open')],
  );
  await desk.tell([new Sink('topic', () => false), new Sink('events', () => false)]);
  expect(await desk.outbox()).toEqual([
    ['open/raised', ['topic']],
    ['over/resolved', ['events']],
    ['younger/raised', ['topic']],
  ]);
});

test('the run tells of what this run has found, and not again of what waits from the run before', async () => {
  const desk = await deskWith([
    { notice: noticeOf('old', 'raised', dayMs), sinks: ['topic'] },
    { notice: noticeOf('new', 'raised'), sinks: ['topic'] },
  ]);
  await desk.tell([new Sink('topic', () => false)]);
  expect(desk.events).toMatchObject([{ kind: 'incident', alert: { id: 'new', event: 'raised' } }]);
  expect(desk.events).toHaveLength(1);
});

test('what waits of the workspace is told, too, and leaves its record', async () => {
  const desk = await deskWith([]);
  const outbox = [{ notice: noticeOf('w', 'raised'), sinks: both }];
  desk.facts.incidents = new Map([[null, { open: [openOf('w')], outbox }]]);
  const events = new Sink('events', () => false);
  await desk.tell([new Sink('topic'), events]);
  expect(desk.told).toMatchObject([{ id: 'w', integration_id: null, integration_name: null }, { id: 'w' }]);
  expect(desk.facts.incidents.get(null)?.outbox.map(({ sinks }) => sinks)).toEqual([['events']]);
  await desk.tell([new Sink('events')]);
  expect(desk.facts.incidents.get(null)).toEqual({ open: [openOf('w')], outbox: [] });
});

test('an integration is called by its name in the list, also where the workspace’s record tells of it', async () => {
  const desk = await deskWith([{ notice: noticeOf('x', 'raised'), sinks: ['topic'] }], [openOf('x')]);
  desk.name = 'Users';
  const outbox = [{ notice: noticeOf('w', 'raised'), sinks: ['topic'] }];
  desk.facts.incidents = new Map([['b', { open: [], outbox }]]);
  await desk.tell([new Sink('topic')]);
  const named = desk.told.map(({ id, integration_id, integration_name }) => [
    id,
    integration_id,
    integration_name,
  ]);
  expect(named.toSorted()).toEqual([
    ['w', 'b', 'Users'],
    ['x', 'a', 'Users'],
  ]);
});

test('what to do next is told by how the newest sync that is over has ended', async () => {
  const stepsAfter = async (...statuses: string[]) => {
    const desk = new TellingDesk();
    desk.recent = statuses.map((status, at) => syncAt(now - (statuses.length - at) * hourMs, { status }));
    await desk.begin([{ notice: noticeOf('x', 'raised'), sinks: ['topic'] }], [openOf('x')]);
    await desk.tell([new Sink('topic')]);
    return desk.told[0]?.next_steps.join(' ');
  };
  expect(await stepsAfter('success', 'config_error')).toContain('test its connection');
  expect(await stepsAfter('config_error', 'error')).toContain('warehouse is reachable');
  expect(await stepsAfter()).toContain('see how its newest sync ended');
});

test('of one that is held back nothing is told, and its record stays', async () => {
  const desk = await deskWith([{ notice: noticeOf('x', 'raised'), sinks: ['topic'] }], [openOf('x')]);
  desk.isHeldBack = true;
  const topic = new Sink('topic');
  await desk.tell([topic]);
  expect([topic.calls, desk.writes, await desk.outbox()]).toEqual([[], 0, [['x/raised', ['topic']]]]);
});

test('where nobody is to be told any more, what waits for someone stays for as long as it may', async () => {
  const desk = await deskWith([{ notice: noticeOf('x', 'raised'), sinks: ['topic'] }], [openOf('x')]);
  await desk.tell([]);
  expect(await desk.outbox()).toEqual([['x/raised', ['topic']]]);
});

test('what waits for a place that is no longer there does not hinder the others', async () => {
  const desk = await deskWith([{ notice: noticeOf('x', 'raised'), sinks: both }], [openOf('x')]);
  await desk.tell([new Sink('topic')]);
  expect(await desk.outbox()).toEqual([['x/raised', ['events']]]);
});

test('what is a week old to the moment is no news, unless that very incident is still open', async () => {
  const desk = await deskWith(
    [
      { notice: noticeOf('week', 'raised', 7 * dayMs), sinks: ['topic'] },
      { notice: noticeOf('end', 'resolved', 8 * dayMs), sinks: ['topic'] },
      { notice: noticeOf('open', 'raised', 8 * dayMs), sinks: ['topic'] },
      { notice: noticeOf('open', 'resolved', 8 * dayMs), sinks: ['topic'] },
      { notice: noticeOf('end', 'raised'), sinks: ['topic'] },
    ],
    [openOf('other'), openOf('open')],
  );
  await desk.tell([new Sink('topic', () => false)]);
  expect(await desk.outbox()).toEqual([
    ['end/resolved', ['topic']],
    ['open/raised', ['topic']],
    ['end/raised', ['topic']],
  ]);
});

test('whoever has heard of a beginning hears of the end when he can be reached again, after weeks', async () => {
  const entries = [{ notice: noticeOf('x', 'resolved', 30 * dayMs), sinks: ['topic', 'webhook'] }];
  const desk = await deskWith(entries);
  await desk.tell([new Sink('topic', () => false), new Sink('webhook', () => false)]);
  expect([await desk.outbox(), desk.writes]).toEqual([[['x/resolved', ['topic', 'webhook']]], 0]);
  const webhook = new Sink('webhook');
  await desk.tell([webhook]);
  expect([webhook.calls, await desk.outbox()]).toEqual([[['x/resolved']], []]);
});

test('of one that was muted since then nothing is told, and what is still open is when it no longer is', async () => {
  const desk = await deskWith(
    [{ notice: noticeOf('x', 'raised', 8 * dayMs), sinks: ['topic'] }],
    [openOf('x')],
  );
  const topic = new Sink('topic');
  desk.muted = ['a'];
  await desk.tell([topic]);
  expect([topic.calls.flat(), await desk.outbox()]).toEqual([[], [['x/raised', ['topic']]]]);
  desk.muted = [];
  await desk.tell([topic]);
  expect([topic.calls.flat(), await desk.outbox()]).toEqual([['x/raised'], []]);
});

test('of one that has ended while it was muted the run says nothing, and what waits is told afterwards, both or none', async () => {
  const outboxOf = (id: string, ageMs: number) =>
    (['raised', 'resolved'] as const).map((event) => ({
      notice: noticeOf(id, event, event === 'raised' ? ageMs : 0),
      sinks: ['topic'],
    }));
  const desk = await deskWith([...outboxOf('old', 8 * dayMs), ...outboxOf('new', 6 * dayMs)]);
  const topic = new Sink('topic');
  desk.muted = ['a'];
  await desk.tell([topic]);
  expect([topic.calls.flat(), desk.events]).toEqual([[], []]);
  desk.muted = [];
  await desk.tell([topic]);
  expect([topic.calls.flat(), await desk.outbox()]).toEqual([['new/raised', 'new/resolved'], []]);
});

test('finished syncs are told, with the name in the list, also where nothing else is; and nobody is asked for none', async () => {
  const desk = await deskWith([], [], [ago(1)]);
  const row = placed({ job_status: 'success', sync_start_time: `${ago(1)}Z` }, 'a');
  const { body } = await joinDay(undefined, 'day', [row]);
  await desk.objects.put(syncsKey('w', '2026-06-01'), body ?? new Uint8Array(), undefined);
  desk.name = 'Users';
  const calls: unknown[] = [];
  desk.finished = {
    deliverFinished: async (_, syncs, signal) => {
      calls.push([syncs.map(({ integrationName }) => integrationName), signal === desk.signal]);
      return new Set(syncs.map(({ line }) => line));
    },
  };
  await desk.tell([new Sink('topic')]);
  await desk.tell([new Sink('topic')]);
  expect([calls, desk.writes]).toEqual([[[['Users'], true]], 1]);
});
