import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { type AlertSink, deliveryKey } from '../../../lambda/alerts/alert.ts';
import { Lease } from '../../../lambda/checkpoint/lease.ts';
import { RunFailed } from '../../../lambda/errors/run-failed.ts';
import { syncs, worldOf } from '../../end-to-end/workspace.ts';
import { invoking, sentinel } from './invoking.ts';

const world = worldOf({ a: syncs(23), b: syncs(4) });

const coverageOf = async ({ objects }: Awaited<ReturnType<typeof invoking>>) => {
  const stored = await objects.get('coverage/workspace=shop/coverage.ndjson.gz');
  const text = stored ? gunzipSync(stored.body).toString() : '';
  return text.split('\n').flatMap((line) => (line ? [JSON.parse(line)] : []));
};

const failureOf = async (invoked: Promise<unknown>): Promise<RunFailed> => {
  const error = await invoked.catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(RunFailed);
  return error as RunFailed;
};

describe('an invocation', () => {
  test('is a run: it returns the receipt, and says so in a line of the log and in metrics', async () => {
    const { invoke, objects, output } = await invoking({ world });

    const receipt = await invoke();

    expect(receipt).toMatchObject({ outcome: 'complete', workspace: 'shop', rows: { new: 27 } });
    expect(objects.keys().filter((key) => key.startsWith('syncs/workspace=shop/')).length).toBeGreaterThan(3);
    const [metrics, line, ...more] = output.lines();
    expect(more).toEqual([]);
    expect(line).toMatchObject({ level: 'INFO', message: 'run ended', workspace: 'shop', receipt });
    expect(line).toMatchObject({ request_id: 'request-1', service: 'braze-cdi-sync-history' });
    expect(metrics).toMatchObject({
      workspace: 'shop',
      RunEndedWell: 1,
      NewRows: 27,
      Gaps: 0,
      _aws: { CloudWatchMetrics: [{ Namespace: 'BrazeCdiSyncHistory', Dimensions: [['workspace']] }] },
    });
  });

  test('P9: steps aside while another run holds the lease, without a request and without metrics', async () => {
    const { invoke, checkpoints, server, output } = await invoking({ world });
    await Lease.take(checkpoints, 'shop', 'request-1:another', Date.now());

    expect(await invoke()).toMatchObject({ outcome: 'busy', workspace: 'shop' });

    expect(server.requests).toEqual([]);
    expect(output.lines()).toMatchObject([{ message: 'run ended', receipt: { outcome: 'busy' } }]);
    expect(await invoke({ workspace: 'shop-2' })).toMatchObject({ outcome: 'complete' });
  });

  test('P8: ends in time, with what it needs for the last commit kept back', async () => {
    const settings = { requestsPerMinute: 2, listRequestsPerMinute: 50 };
    const { invoke } = await invoking({ world }, { settings });

    // A wait of a minute would fit into what is left, but not before the margin of the last commit.
    const receipt = await invoke(undefined, 80_000);
    expect(receipt).toMatchObject({ outcome: 'suspended', requests: { status: 2 } });
    // By lot, the second page is another head, or the first integration's next one.
    expect([14, 20]).toContain(receipt.rows.new);
  });

  test('P8: suspended before it could read anything, it has not ended well', async () => {
    const settings = { requestsPerMinute: 1, listRequestsPerMinute: 1 };
    const { invoke, output } = await invoking({ world }, { settings });
    const endedWell = () => output.lines().findLast(({ _aws }) => _aws)?.RunEndedWell;

    expect(await invoke(undefined, 80_000)).toMatchObject({ outcome: 'suspended', pages: 1 });
    expect(endedWell()).toBe(1);

    // The run before has used up the limit of this minute.
    expect(await invoke(undefined, 80_000)).toMatchObject({ outcome: 'suspended', pages: 0 });
    expect(endedWell()).toBe(0);
  });

  test('exports only the integrations that are named', async () => {
    const { invoke } = await invoking({ world }, { settings: { integrations: ['b'] } });
    expect(await invoke()).toMatchObject({ requests: { list: 0, status: 1 }, rows: { new: 4 } });
  });

  test('P10: with one integration that fails it keeps all others, and ends with an error of a sentence', async () => {
    const faults = ({ path }: { path: string }) => (path.includes('/a/') ? { status: 404 } : undefined);
    const lab = await invoking({ world, faults }, { settings: { integrations: ['a', 'b'] } });

    const error = await failureOf(lab.invoke());

    expect(error.message).toBe(
      'Workspace shop: Integration a could not be exported. Braze does not know an integration of this id. Check the id.',
    );
    expect(error.stack).toBe('');
    expect((await coverageOf(lab)).map(({ state }) => state)).toEqual(['failing', 'complete']);
    const [metrics, line] = lab.output.lines();
    expect(metrics).toMatchObject({ RunEndedWell: 0, FailedIntegrations: 1, NewRows: 4 });
    expect(line).toMatchObject({ level: 'ERROR', message: 'run failed', receipt: { outcome: 'failed' } });
  });

  test('says three failures in its error, and all of them in the log', async () => {
    const ids = ['a', 'b', 'c', 'd', 'e'];
    const { invoke, output } = await invoking(
      { world: worldOf({}), faults: () => ({ status: 404 }) },
      { settings: { integrations: ids } },
    );

    const { message } = await failureOf(invoke());

    expect(message).toMatch(/^Workspace shop: Integration a .* Integration b .* Integration c /);
    expect(message).toMatch(/ And 2 more: the log names them all\.$/);
    expect(output.lines().at(-1)?.failures).toHaveLength(5);
  });

  test('without a key it does nothing, says with which command to set it, and ends well', async () => {
    const lab = await invoking({ world }, { secret: undefined });

    const answer = await lab.invoke();

    expect(answer).toEqual({
      outcome: 'no_key',
      workspace: 'shop',
      message: expect.stringMatching(
        /^The secret key has no value yet\. Set it to the REST API key .* aws secretsmanager put-secret-value --region us-east-1 --secret-id 'key' /,
      ),
    });
    expect([lab.server.requests, lab.objects.keys(), await lab.checkpoints.list('shop')]).toEqual([
      [],
      [],
      [],
    ]);
    const [ofWorkspace, ofAll, line, ...more] = lab.output.lines();
    expect(more).toEqual([]);
    // Neither the alarm for silence nor the one for failures has anything to say.
    expect(ofWorkspace).toMatchObject({
      workspace: 'shop',
      RunEndedWell: 1,
      _aws: { CloudWatchMetrics: [{ Dimensions: [['workspace']], Metrics: [{ Name: 'RunEndedWell' }] }] },
    });
    expect(ofAll).toMatchObject({
      KeyMissing: 1,
      service: 'braze-cdi-sync-history',
      _aws: { CloudWatchMetrics: [{ Namespace: 'BrazeCdiSyncHistory', Dimensions: [['service']] }] },
    });
    expect(line).toMatchObject({ level: 'WARN', message: 'no key', workspace: 'shop' });
    expect(String(line?.reason)).toContain("--secret-id 'key'");

    lab.secrets.values.set('key', sentinel);
    expect(await lab.invoke()).toMatchObject({ outcome: 'complete' });
  });

  test('with something that is no key it fails, with the command that sets it', async () => {
    const { invoke, server, output } = await invoking({ world }, { secret: '"quoted"' });

    const { message } = await failureOf(invoke());

    expect(message).toMatch(
      /^Workspace shop: The secret key has quotes around it\. Set it to the REST API key/,
    );
    expect(server.requests).toEqual([]);
    expect(output.lines()[0]).toMatchObject({ RunEndedWell: 0 });
  });

  test('P12: a key that is rotated is read again once, and shown nowhere', async () => {
    const lab = await invoking({ world });
    await lab.invoke();
    lab.server.braze.keys = { 'rotated-9f1c-key': ['cdi.integration_list', 'cdi.integration_job_status'] };

    // Kept, and no longer accepted; the secret still has the old one.
    expect((await failureOf(lab.invoke())).message).toMatch(/does not accept the API key \(401\)/);
    expect(lab.secrets.asked).toHaveLength(2);
    expect((await coverageOf(lab)).map(({ state }) => state)).toEqual(['failing', 'failing']);

    lab.secrets.values.set('key', 'rotated-9f1c-key');
    expect(await lab.invoke()).toMatchObject({ outcome: 'complete', requests: { list: 2, status: 2 } });
    expect(lab.secrets.asked).toHaveLength(3);
    expect(await lab.invoke()).toMatchObject({ requests: { list: 1, status: 2 } });
    expect(lab.secrets.asked).toHaveLength(3);

    const everything =
      lab.output.text() +
      JSON.stringify(await lab.checkpoints.list('shop')) +
      (await Promise.all(lab.objects.keys().map((key) => lab.objects.get(key))))
        .map((stored) => gunzipSync(stored?.body ?? new Uint8Array()).toString())
        .join('');
    expect(everything).not.toContain(sentinel);
    expect(everything).not.toContain('rotated-9f1c');
  });

  test('waits, retries and failures are lines of the log', async () => {
    let refused = 0;
    const faults = ({ kind }: { kind: string }) => {
      if (kind !== 'list') return undefined;
      refused += 1;
      if (refused === 1) return { status: 502 };
      return refused === 2 ? { status: 429, headers: { 'retry-after': '1' } } : undefined;
    };
    const { invoke, output } = await invoking({ world, faults });

    await invoke();

    const messages = output.lines().map(({ message, reason, why }) => [message, reason ?? why]);
    expect(messages).toContainEqual(['trying again', 'the answer 502']);
    expect(messages).toContainEqual(['waiting', 'limit']);
  });

  test.each([
    { firstDay: '2022-01-01', warnings: 0 },
    { firstDay: '2100-01-01', warnings: 1 },
  ])('syncs before $firstDay, which the tables do not show, are told', async ({ firstDay, warnings }) => {
    const { invoke, output } = await invoking({ world }, { firstDay });
    await invoke();
    const told = output.lines().filter(({ message }) => message === 'the tables do not show all syncs');
    expect(told).toHaveLength(warnings);
    for (const { reason } of told)
      expect(reason).toMatch(/^There are syncs from \d{4}-\d\d-\d\d on, .* begin with 2100-01-01: /);
  });

  test('the event of a test alert sends one to each place, and exports nothing', async () => {
    const sent: unknown[] = [];
    const sinkOf = (name: 'topic' | 'events', takes: boolean): AlertSink => ({
      name,
      deliver: async (alerts) => {
        sent.push(...alerts);
        return new Set(takes ? alerts.map(deliveryKey) : []);
      },
    });
    const { invoke, server, secrets, objects, output } = await invoking(
      { world },
      { sinks: [sinkOf('topic', true), sinkOf('events', false)] },
    );

    const result = await invoke({ workspace: 'shop-2', test: 'alert' });

    expect(result).toEqual({
      test: 'alert',
      workspace: 'shop-2',
      id: expect.stringMatching(/^[0-9a-f]{32}$/),
      sent: { topic: true, events: false },
    });
    expect(sent).toHaveLength(2);
    expect(sent[0]).toMatchObject({ test: true, event: 'raised', workspace: 'shop-2' });
    expect([server.requests, secrets.asked, objects.keys()]).toEqual([[], [], []]);
    expect(output.lines()).toMatchObject([
      { message: 'test alert sent', workspace: 'shop-2', sent: { topic: true, events: false } },
    ]);
  });

  test.each([
    [
      { workspace: 'nobody' },
      'There is no workspace "nobody"; there are shop, shop-2. Workspaces are added in',
    ],
    [{ workspace: '__proto__' }, 'There is no workspace "__proto__"; '],
    [
      { worksapce: 'shop' },
      'The event must be {"workspace": "NAME"} and nothing else; there are shop, shop-2.',
    ],
    [{ workspace: 'shop', deadline: 5 }, 'The event must be'],
    [{ workspace: 'shop', test: true }, 'The event must be'],
    [{ workspace: 'nobody', test: 'alert' }, 'There is no workspace "nobody"; '],
    ['shop', 'The event must be'],
    [null, 'The event must be'],
  ])('the event %j is refused with what it must be', async (event, message) => {
    const { invoke, server } = await invoking({ world });
    const error = await failureOf(invoke(event));
    expect(error.message.startsWith(message)).toBe(true);
    expect(server.requests).toEqual([]);
  });
});
