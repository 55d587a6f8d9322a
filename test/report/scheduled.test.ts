/** The function that writes reports, against servers of its own. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Logger } from '@aws-lambda-powertools/logger';
import { SNSClient } from '@aws-sdk/client-sns';
import { describe, expect, it } from 'vitest';
import { type Announce, announceOn, reportMessageOf } from '../../report/scheduled/announce.ts';
import { makeReportHandler } from '../../report/scheduled/invocation.ts';
import { writeReport } from '../../report/write-report.ts';
import { scratchFolder } from '../local/stores/scratch.ts';
import { writeLake } from '../sql/lake-of.ts';
import { coverage, integration, lakeOf, sync } from '../sql/lines.ts';
import { dayMs } from '../sql/model/lake.ts';
import { withStanding } from '../sql/standings-of.ts';
import { bucketServer } from './bucket-server.ts';
import { now } from './report-of.ts';

function lakeOfTwo(): string {
  const data = scratchFolder();
  const workspaces = ['a', 'b-2'];
  const lake = lakeOf({
    integrations: workspaces.map((workspace) => integration({ workspace })),
    coverage: workspaces.map((workspace) =>
      coverage({ workspace, from: now - 30 * dayMs, to: now, checkedAt: now }),
    ),
    syncs: [1, 2, 3].flatMap((days) => [
      sync({ start: now - days * dayMs }),
      sync({ workspace: 'b-2', start: now - days * dayMs, status: 'error' }),
    ]),
  });
  writeLake(data, withStanding(lake, now));
  return data;
}

async function scheduled(lake: string, options: { readonly refusal?: string; readonly topic?: string } = {}) {
  const server = await bucketServer(lake, options.refusal);
  const place = {
    endpoint: server.endpoint,
    region: 'eu-central-1',
    credentials: { accessKeyId: 'id', secretAccessKey: 'secret' },
  };
  const announce: { readonly announce?: Announce } = options.topic
    ? { announce: announceOn(options.topic, 'eu-central-1', new SNSClient(place)) }
    : {};
  const handler = makeReportHandler({
    bucket: 'lake',
    client: server.client,
    logger: new Logger({ logLevel: 'SILENT' }),
    now: () => new Date(now),
    ...announce,
  });
  return { ...server, handler };
}

describe('the function that writes reports', () => {
  it('writes for each workspace the page that npm run report makes of it', async () => {
    const data = lakeOfTwo();
    const { handler, written, listed, published } = await scheduled(join(data, 'lake'));

    const answer = await handler({
      workspaces: [{ name: 'a' }, { name: 'b-2', dashboard: 'dashboard-01.braze.com' }],
    });

    expect(answer).toEqual({ written: ['a', 'b-2'], nothing_yet: [] });
    const local = async (workspace: string, more: { readonly dashboard?: string } = {}) => {
      const out = join(data, `${workspace}.html`);
      await writeReport({
        data,
        out,
        now: new Date(now),
        source: 's3://lake',
        workspaces: [workspace],
        ...more,
      });
      return { type: 'text/html; charset=utf-8', body: readFileSync(out, 'utf8') };
    };
    expect(written).toEqual(
      new Map([
        ['reports/workspace=a/report.html', await local('a')],
        ['reports/workspace=b-2/report.html', await local('b-2', { dashboard: 'dashboard-01.braze.com' })],
      ]),
    );
    // A workspace at a time, and nothing of what lies beside the lake.
    expect([...listed].filter((prefix) => !/^[a-z]+\/workspace=(a|b-2)\/$/.test(prefix))).toEqual([]);
    expect(published).toEqual([]);
  });

  it('has nothing to say of a workspace that was not exported yet', async () => {
    const { handler, written } = await scheduled(join(lakeOfTwo(), 'lake'));
    const answer = await handler({ workspaces: [{ name: 'new' }, { name: 'a' }] });
    expect(answer).toEqual({ written: ['a'], nothing_yet: ['new'] });
    expect([...written.keys()]).toEqual(['reports/workspace=a/report.html']);
  });

  it('names the workspace that it could not read, and writes the others', async () => {
    const data = lakeOfTwo();
    writeFileSync(join(data, 'lake/coverage/workspace=a/coverage.ndjson.gz'), 'not gzip');
    const { handler, written } = await scheduled(join(data, 'lake'));
    await expect(handler({ workspaces: [{ name: 'a' }, { name: 'b-2' }] })).rejects.toMatchObject({
      name: 'ReportFailure',
      message: expect.stringMatching(/^No report was written of a: .*coverage\.ndjson\.gz/s),
    });
    expect([...written.keys()]).toEqual(['reports/workspace=b-2/report.html']);
  });

  it('tells what S3 refuses in a sentence', async () => {
    const { handler } = await scheduled(join(lakeOfTwo(), 'lake'), { refusal: 'AccessDenied' });
    await expect(handler({ workspaces: [{ name: 'a' }] })).rejects.toThrow(
      'No report was written of a: The bucket lake is not open to these credentials',
    );
  });

  it.each([
    [{}],
    [{ workspaces: [] }],
    [{ workspace: 'a' }],
    [{ workspaces: [{ name: 'a', more: 1 }] }],
    [null],
  ])('says what its event must be: not %j', async (event) => {
    const { handler } = await scheduled(scratchFolder());
    await expect(handler(event)).rejects.toThrow('The event must be {"workspaces": [{"name": "NAME"}]}');
  });

  it('announces each report with how the workspace stands, and where it lies', async () => {
    const { handler, published } = await scheduled(join(lakeOfTwo(), 'lake'), { topic: 'arn:topic' });
    await handler({ workspaces: [{ name: 'a' }, { name: 'b-2' }] });
    const sent = published.map((one) => ({
      topic: one.get('TopicArn'),
      subject: one.get('Subject'),
      mail: JSON.parse(one.get('Message') ?? '{}').default,
    }));
    expect(sent).toEqual([
      {
        topic: 'arn:topic',
        subject: expect.stringMatching(/^Report of workspace a: /),
        mail: expect.stringContaining(
          'https://console.aws.amazon.com/s3/object/lake?region=eu-central-1&prefix=reports%2Fworkspace%3Da%2Freport.html',
        ),
      },
      {
        topic: 'arn:topic',
        subject: expect.stringMatching(/^Report of workspace b-2: Users has had no success since 2026-/),
        mail: expect.stringMatching(/^Users has had no success since 2026-.* UTC\.\n/),
      },
    ]);
  });
});

describe('an announcement', () => {
  const of = (headline: string, region = 'eu-central-1') =>
    reportMessageOf(
      {
        workspace: 'shop',
        bucket: 'lake',
        key: 'reports/workspace=shop/report.html',
        headline,
        at: new Date(now),
      },
      region,
    );

  it('fits into a subject, a short message and a chat, whatever an integration is called', () => {
    const { Subject, Message } = of(`${'Ü<b>"\n'.repeat(300)} has had no success.`);
    const { sms, https } = JSON.parse(Message);
    expect(Subject).toMatch(/^[\x20-\x7e]{1,99}$/);
    expect(sms).toMatch(/^[\x20-\x7e]{1,140}$/);
    expect(JSON.parse(https).content.title.length).toBeLessThan(250);
    expect(JSON.parse(https).content.title).not.toContain('<');
  });

  it('is told apart from alerts by its attribute, and by its body for programs', () => {
    const { Message, MessageAttributes } = of('All well.');
    expect(MessageAttributes).toMatchObject({
      event: { StringValue: 'report' },
      workspace: { StringValue: 'shop' },
    });
    expect(JSON.parse(JSON.parse(Message).sqs)).toEqual({
      event: 'report',
      workspace: 'shop',
      at: '2026-06-17T13:47:11.123Z',
      headline: 'All well.',
      link: 'https://console.aws.amazon.com/s3/object/lake?region=eu-central-1&prefix=reports%2Fworkspace%3Dshop%2Freport.html',
    });
  });

  it.each([
    ['cn-north-1', 'https://console.amazonaws.cn/'],
    ['us-gov-west-1', 'https://console.amazonaws-us-gov.com/'],
  ])('leads to the console of %s', (region, address) => {
    expect(JSON.parse(of('All well.', region).Message).default).toContain(address);
  });
});
