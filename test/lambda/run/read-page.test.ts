import { describe, expect, test } from 'vitest';
import { Unanswered } from '../../../lambda/errors/unanswered.ts';
import { readPage } from '../../../lambda/run/read-page.ts';
import { ago, historyOf, runOf } from './integrations.ts';
import { began, noAnswer, page, reply, requesting } from './requesting.ts';

const sync = { job_status: 'success', sync_start_time: `${ago(1)}Z` };
const refused = reply(400, '{"message":"Invalid cursor"}');
const unknown = reply(404, '{"message":"Invalid integration ID"}');

/** One whose head is to be read. */
function started(id = 'a') {
  const integration = runOf(id);
  integration.startHead();
  return integration;
}

describe('readPage', () => {
  test('asks for the page that the integration wants, and gives it the answer', async () => {
    const integration = started();
    const { requester, requests, clock } = requesting([page([sync], 'on'), page([])]);
    const effects = await readPage(requester, integration, clock, true);
    expect(effects?.page).toEqual({ rows: 1, oldest: ago(1) });
    expect(integration.state.history.stretches).toMatchObject([{ newest: ago(1), oldest: ago(1) }]);
    integration.proceed();
    await readPage(requester, integration, clock, true);
    expect(requests.map(({ path }) => path)).toEqual([
      '/cdi/integrations/a/job_sync_status',
      '/cdi/integrations/a/job_sync_status?cursor=on',
    ]);
  });

  test('asks for nothing where nothing is wanted', async () => {
    const { requester, requests, clock } = requesting([page([])]);
    expect(await readPage(requester, runOf('a'), clock, true)).toBeUndefined();
    expect(requests).toEqual([]);
  });

  test('an id may hold anything, and leads nowhere else', async () => {
    const { requester, requests, clock } = requesting([page([])]);
    await readPage(requester, started('../a?b#c d'), clock, true);
    expect(requests[0]?.path).toBe('/cdi/integrations/..%2Fa%3Fb%23c%20d/job_sync_status');
  });

  test('P15: a history is whole up to when its newest page was asked for, not up to the answer', async () => {
    const integration = started();
    const { requester, clock } = requesting([page([sync])], { latency: 5000 });
    await readPage(requester, integration, clock, true);
    expect([integration.state.history.headAt, clock.time]).toEqual([began, began + 5000]);
  });

  test('P6: who is asked in vain was asked all the same, and is not first in every run', async () => {
    const integration = started();
    const { requester, clock } = requesting([noAnswer()]);
    await expect(readPage(requester, integration, clock, true)).rejects.toThrow(Unanswered);
    expect(integration.state.checkedAt).toBe(began);
  });

  test('P3: a refused cursor is an answer, too', async () => {
    const integration = runOf('a', historyOf([], { order: 'oldest_first', tail: 'kept' }));
    integration.startHead();
    const { requester, requests, clock } = requesting([refused, page([sync])]);
    expect(await readPage(requester, integration, clock, true)).toEqual({ rows: [] });
    await readPage(requester, integration, clock, true);
    expect(requests.map(({ path }) => path.split('?')[1])).toEqual(['cursor=kept', undefined]);
  });

  test('an id that was named by hand and that nobody knows is a failure', async () => {
    const integration = started();
    const { requester, clock } = requesting([unknown]);
    const effects = await readPage(requester, integration, clock, false);
    expect(effects?.failure).toContain('Check the id.');
  });
});
