import { App } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import { ConfigurationFault } from '../../lib/configuration/configuration-fault.ts';
import { configurationFromContext } from '../../lib/configuration/context.ts';
import { readConfiguration } from '../../lib/configuration/read-configuration.ts';
import { SyncHistoryStack } from '../../lib/sync-history-stack.ts';
import { stackOf, workspace } from './synthesize.ts';

const path = 'brazeSyncHistory';

function faultsOf(work: () => unknown): readonly string[] {
  try {
    work();
  } catch (error) {
    if (error instanceof ConfigurationFault) return error.faults;
    throw error;
  }
  return [];
}

const faults = (configuration: unknown) => faultsOf(() => readConfiguration(configuration, path));
const withOne = (more: object) => ({ workspaces: [{ ...workspace('default'), ...more }] });
const beside = (more: object) => ({ workspaces: [workspace('default')], ...more });

test('the defaults', () => {
  expect(readConfiguration({ workspaces: [workspace('default')] }, path)).toEqual({
    workspaces: [
      {
        name: 'default',
        endpoint: 'https://rest.iad-01.braze.com',
        requestsPerMinute: 100,
        listRequestsPerMinute: 50,
        paused: false,
      },
    ],
    schedule: { expression: 'rate(15 minutes)', shortest: 900, longest: 900 },
    database: 'braze_cdi',
    firstDay: '2022-01-01',
    alerts: { refusedShare: 0.01, finishedSyncs: false },
    logRetentionDays: 30,
    architecture: 'arm64',
    catalog: true,
  });
});

test('everything that can be said', () => {
  const all = {
    workspaces: [
      {
        name: 'a-1',
        endpoint: 'http://127.0.0.1:4700',
        integrations: ['b', 'c'],
        requestsPerMinute: 1,
        listRequestsPerMinute: 2,
        apiKeySecretName: 'team/braze_key+=.@-1',
        paused: true,
        muted: ['d', 'e'],
        dashboard: 'dashboard-01.braze.eu',
      },
    ],
    alerts: { email: 'crm@example.com', refusedShare: 0, lateGraceMinutes: 30, finishedSyncs: true },
    schedule: 'cron(0 6 * * ? *)',
    report: { schedule: 'cron(0 6 ? * MON *)', announce: true },
    database: 'crm_2',
    firstDay: '2024-02-29',
    alarmTopicArn: 'arn:aws-cn:sns:cn-north-1:123456789012:on-call',
    vpc: {
      vpcId: 'vpc-01234567',
      subnetIds: ['subnet-01234567', 'subnet-0123456789abcdef0'],
      securityGroupIds: ['sg-01234567'],
    },
    encryptionKeyArn:
      'arn:aws-us-gov:kms:us-gov-west-1:123456789012:key/mrk-0123456789abcdef0123456789abcdef',
    permissionsBoundary: 'arn:aws:iam::123456789012:policy/team/developers',
    rolePath: '/service/crm/',
    tags: { team: 'crm', Kostenträger: '' },
    logRetentionDays: 365,
    architecture: 'x86_64',
    catalog: false,
    existingBucket: 'a-bucket.of-mine',
    existingTable: 'A_table.of-mine',
  };
  expect(readConfiguration(all, path)).toEqual({
    ...all,
    report: {
      schedule: { expression: 'cron(0 6 ? * MON *)', shortest: 604_800, longest: 604_800 },
      announce: true,
    },
    schedule: { expression: 'cron(0 6 * * ? *)', shortest: 86_400, longest: 86_400 },
  });
});

const known =
  'name, endpoint, integrations, requestsPerMinute, listRequestsPerMinute, apiKeySecretName, paused, muted, dashboard';
const name = 'must be 1 to 63 of a-z, 0-9 and -, and not begin with -';
const positive = 'must be a whole number above 0';
const secret = 'must be the name of a secret';
const database =
  'must be 1 to 128 of a-z, 0-9 and _, and not begin with a digit: Athena knows no other names';
const bucket = 'must be the name of a bucket, not its ARN or address: 3 to 63 of a-z, 0-9, - and .';
const dashboard = 'must be the host name of your Braze dashboard alone, such as dashboard-01.braze.com';
const id = 'must be the id of an integration: it must not be empty, nor have a blank around it';
const grace = 'must be a whole number of minutes, at most a week of them';
const table = 'must be the name of a table, not its ARN: 3 to 255 letters, digits, _, - and .';

const firstDay = 'must be a day, such as 2024-03-01, from 2022-01-01 to today';
const aVpc = { vpcId: 'vpc-01234567', subnetIds: ['subnet-01234567'] };
const retention = `must be a number of days that CloudWatch knows: 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653`;

describe('a fault of what organisations insist on is told with its path', () => {
  test.each<[object, string]>([
    [{ vpc: [] }, 'vpc must be an object with vpcId and subnetIds; leave it out to run outside of a VPC.'],
    [
      { vpc: { ...aVpc, vpcId: 'my-vpc' } },
      'vpc.vpcId must be the id of a VPC, such as vpc-0123456789abcdef0.',
    ],
    [{ vpc: { vpcId: aVpc.vpcId } }, 'vpc.subnetIds is missing: it must be a list of ids of subnets.'],
    [{ vpc: { ...aVpc, subnetIds: [] } }, 'vpc.subnetIds must name a subnet.'],
    [
      { vpc: { ...aVpc, subnetIds: ['sg-01234567'] } },
      'vpc.subnetIds[0] must be the id of a subnet, such as subnet-0123456789abcdef0.',
    ],
    [
      { vpc: { ...aVpc, subnetIds: ['subnet-01234567', 'subnet-01234567'] } },
      'vpc.subnetIds[1] is there already: leave one of them out.',
    ],
    [{ vpc: { ...aVpc, securityGroupIds: [] } }, 'vpc.securityGroupIds must name a security group.'],
    [
      { vpc: { ...aVpc, securityGroupIds: Array.from({ length: 6 }, (_, at) => `sg-0123456${at}`) } },
      'vpc.securityGroupIds must be at most 5 security groups: Lambda takes no more.',
    ],
    [
      { vpc: { ...aVpc, subnets: [] } },
      'vpc.subnets is not known; known here are vpcId, subnetIds, securityGroupIds.',
    ],
    [
      { encryptionKeyArn: 'arn:aws:kms:eu-central-1:123456789012:alias/lake' },
      'encryptionKeyArn must be the ARN of a KMS key, such as arn:aws:kms:eu-central-1:123456789012:key/…, not of an alias: no policy can name one.',
    ],
    [
      { permissionsBoundary: 'two words' },
      'permissionsBoundary must be the name or the ARN of a managed policy.',
    ],
    [
      { rolePath: 'service/' },
      'rolePath must be a path of IAM of at most 512 characters that begins and ends with /, such as /service/.',
    ],
    [
      { rolePath: `/${'a'.repeat(511)}/` },
      'rolePath must be a path of IAM of at most 512 characters that begins and ends with /, such as /service/.',
    ],
    [
      { encryptionKeyArn: 'arn:aws:kms:eu-central-1:123456789012:key/lake' },
      'encryptionKeyArn must be the ARN of a KMS key, such as arn:aws:kms:eu-central-1:123456789012:key/…, not of an alias: no policy can name one.',
    ],
    [
      { tags: { Team: 'a', team: 'b' } },
      'tags.team is there already: for the roles of IAM, capitals make no other tag.',
    ],
    [{ tags: ['a'] }, 'tags must be an object of texts, such as {"team": "crm"}.'],
    [
      { tags: { team: 1 } },
      'tags.team must be a text of at most 256 letters, digits, blanks and any of _.:/=+-@.',
    ],
    [
      { tags: { 'aws:team': 'a' } },
      'tags.aws:team can not be the key of a tag: 1 to 128 letters, digits, blanks and any of _.:/=+-@, not beginning with aws:.',
    ],
    [
      { tags: Object.fromEntries(Array.from({ length: 41 }, (_, at) => [`t${at}`, ''])) },
      'tags must be at most 40 tags.',
    ],
    [{ logRetentionDays: 45 }, `logRetentionDays ${retention}.`],
    [{ logRetentionDays: '30' }, `logRetentionDays ${retention}.`],
    [{ architecture: 'arm' }, 'architecture must be arm64 or x86_64.'],
    [{ catalog: 'no' }, 'catalog must be true or false.'],
    [
      { alarmTopicArn: 'arn:aws:sns:eu-central-1:123456789012:on-call.fifo' },
      'alarmTopicArn must be the ARN of a topic of SNS that is not FIFO, such as arn:aws:sns:eu-central-1:123456789012:on-call.',
    ],
    [
      { alarmTopicArn: 'arn:aws:sns:eu-central-1:123456789012:on-call', alarmEmail: 'a@example.com' },
      'alarmEmail can not stand beside alarmTopicArn: subscribe the address to that topic.',
    ],
  ])('%j', (more, fault) => {
    expect(faults(beside(more))).toEqual([`${path}.${fault}`]);
  });
});

describe('a fault is told with its path and what to do', () => {
  test.each<[unknown, string]>([
    [[], `${path} must be an object with workspaces.`],
    [{}, `${path}.workspaces is missing: it must be a list with at least one workspace.`],
    [{ workspaces: [] }, `${path}.workspaces must be a list with at least one workspace.`],
    [{ workspaces: {} }, `${path}.workspaces must be a list with at least one workspace.`],
    [{ workspaces: ['default'] }, `${path}.workspaces[0] must be an object with name and endpoint.`],
    [
      beside({ shedule: 'rate(1 hour)' }),
      `${path}.shedule is not known; known here are workspaces, schedule, report, database, firstDay, alarmEmail, alerts, alarmTopicArn, vpc, encryptionKeyArn, permissionsBoundary, rolePath, tags, logRetentionDays, architecture, catalog, existingBucket, existingTable.`,
    ],
    [beside({ firstDay: '2021-12-31' }), `${path}.firstDay ${firstDay}.`],
    [beside({ firstDay: '2023-02-29' }), `${path}.firstDay ${firstDay}.`],
    [beside({ firstDay: '2024-03' }), `${path}.firstDay ${firstDay}.`],
    [beside({ firstDay: '9999-01-01' }), `${path}.firstDay ${firstDay}.`],
    [beside({ firstDay: 2024 }), `${path}.firstDay ${firstDay}.`],
    [
      { workspaces: [workspace('a'), { ...workspace('b'), endpont: 'x' }] },
      `${path}.workspaces[1].endpont is not known; known here are ${known}.`,
    ],
    [
      withOne({ apiKey: 'x' }),
      `${path}.workspaces[0].apiKey has no place in a file: take it out, and once deployed, run the command of the output SetKey, which asks for it.`,
    ],
    [
      { workspaces: [{ endpoint: 'https://rest.iad-01.braze.com' }] },
      `${path}.workspaces[0].name is missing: it ${name}.`,
    ],
    [withOne({ name: 'Prod' }), `${path}.workspaces[0].name ${name}.`],
    [withOne({ name: '-a' }), `${path}.workspaces[0].name ${name}.`],
    [withOne({ name: 'a'.repeat(64) }), `${path}.workspaces[0].name ${name}.`],
    [
      { workspaces: [workspace('a'), workspace('b'), workspace('a')] },
      `${path}.workspaces[2].name is taken by a workspace above: each needs a name of its own.`,
    ],
    [
      { workspaces: [{ name: 'a' }] },
      `${path}.workspaces[0].endpoint is missing: it must be a URL, such as https://rest.fra-01.braze.eu.`,
    ],
    [
      withOne({ endpoint: 'rest.iad-01.braze.com' }),
      `${path}.workspaces[0].endpoint must be a URL, such as https://rest.fra-01.braze.eu.`,
    ],
    [
      withOne({ endpoint: 'http://rest.iad-01.braze.com' }),
      `${path}.workspaces[0].endpoint must begin with https:// (http:// on this machine only).`,
    ],
    [
      withOne({ endpoint: 'https://key@rest.iad-01.braze.com' }),
      `${path}.workspaces[0].endpoint must not hold a user or password: the key is given apart from it.`,
    ],
    [
      withOne({ integrations: 'a' }),
      `${path}.workspaces[0].integrations must be a list of ids of integrations; leave it out to export all.`,
    ],
    [
      withOne({ integrations: [] }),
      `${path}.workspaces[0].integrations must name an integration; leave it out to export all.`,
    ],
    [withOne({ integrations: ['a', ' '] }), `${path}.workspaces[0].integrations[1] ${id}.`],
    [withOne({ integrations: ['a', ' b'] }), `${path}.workspaces[0].integrations[1] ${id}.`],
    [withOne({ integrations: ['a\n', 'b'] }), `${path}.workspaces[0].integrations[0] ${id}.`],
    [
      withOne({ integrations: ['a', 'b', 'a'] }),
      `${path}.workspaces[0].integrations[2] is there already: leave one of them out.`,
    ],
    [withOne({ requestsPerMinute: 0 }), `${path}.workspaces[0].requestsPerMinute ${positive}.`],
    [withOne({ requestsPerMinute: -1.5 }), `${path}.workspaces[0].requestsPerMinute ${positive}.`],
    [withOne({ listRequestsPerMinute: '50' }), `${path}.workspaces[0].listRequestsPerMinute ${positive}.`],
    [
      withOne({ apiKeySecretName: 'arn:aws:secretsmanager:eu-west-1:1:secret:a-AbCdEf' }),
      `${path}.workspaces[0].apiKeySecretName ${secret}, not its ARN.`,
    ],
    [
      withOne({ apiKeySecretName: 'my secret' }),
      `${path}.workspaces[0].apiKeySecretName ${secret}: 1 to 512 letters, digits and any of /_+=.@-.`,
    ],
    [
      withOne({ apiKeySecretName: 'braze-*' }),
      `${path}.workspaces[0].apiKeySecretName ${secret}: 1 to 512 letters, digits and any of /_+=.@-.`,
    ],
    [withOne({ paused: 'yes' }), `${path}.workspaces[0].paused must be true or false.`],
    [beside({ schedule: 15 }), `${path}.schedule must be rate(…) or cron(…).`],
    [
      beside({ schedule: 'rate(1 hours)' }),
      `${path}.schedule must be rate(1 hour): AWS takes the singular after 1 only.`,
    ],
    [beside({ database: 'Braze' }), `${path}.database ${database}.`],
    [beside({ database: 'braze-cdi' }), `${path}.database ${database}.`],
    [beside({ alarmEmail: 'somebody' }), `${path}.alarmEmail must be an e-mail address.`],
    [
      beside({ alerts: true }),
      `${path}.alerts must be an object; leave it out where nobody is to be told by mail.`,
    ],
    [
      beside({ alerts: { emial: 'a@example.com' } }),
      `${path}.alerts.emial is not known; known here are email, refusedShare, lateGraceMinutes, finishedSyncs.`,
    ],
    [beside({ alerts: { email: 'somebody' } }), `${path}.alerts.email must be an e-mail address.`],
    [
      beside({ alerts: { refusedShare: 5 } }),
      `${path}.alerts.refusedShare must be a number from 0 to 1, such as 0.01.`,
    ],
    [beside({ alerts: { lateGraceMinutes: 0.5 } }), `${path}.alerts.lateGraceMinutes ${grace}.`],
    [beside({ alerts: { lateGraceMinutes: 20_000 } }), `${path}.alerts.lateGraceMinutes ${grace}.`],
    [
      beside({ report: 'rate(1 day)' }),
      `${path}.report must be an object with a schedule; leave it out where no report is wanted.`,
    ],
    [beside({ report: {} }), `${path}.report.schedule is missing: it must be rate(…) or cron(…).`],
    [
      beside({ report: { schedule: 'rate(1 days)' } }),
      `${path}.report.schedule must be rate(1 day): AWS takes the singular after 1 only.`,
    ],
    [
      beside({ report: { schedule: 'rate(1 day)', topic: 'a' } }),
      `${path}.report.topic is not known; known here are schedule, announce.`,
    ],
    [
      beside({ report: { schedule: 'rate(1 day)', announce: 'yes' } }),
      `${path}.report.announce must be true or false.`,
    ],
    [beside({ alerts: { finishedSyncs: 1 } }), `${path}.alerts.finishedSyncs must be true or false.`],
    [
      withOne({ muted: [] }),
      `${path}.workspaces[0].muted must name an integration; leave it out to be told of all.`,
    ],
    [withOne({ muted: [''] }), `${path}.workspaces[0].muted[0] ${id}.`],
    [withOne({ muted: ['a', 'b '] }), `${path}.workspaces[0].muted[1] ${id}.`],
    [withOne({ muted: ['\u00a0a'] }), `${path}.workspaces[0].muted[0] ${id}.`],
    [
      withOne({ muted: ['a', 'a'] }),
      `${path}.workspaces[0].muted[1] is there already: leave one of them out.`,
    ],
    [
      withOne({ dashboard: 'https://dashboard-01.braze.com' }),
      `${path}.workspaces[0].dashboard ${dashboard}.`,
    ],
    [withOne({ dashboard: 'dashboard-01' }), `${path}.workspaces[0].dashboard ${dashboard}.`],
    [withOne({ dashboard: 'a.com/x?' }), `${path}.workspaces[0].dashboard ${dashboard}.`],
    [beside({ existingBucket: 'arn:aws:s3:::mine' }), `${path}.existingBucket ${bucket}.`],
    [beside({ existingBucket: 'Mine' }), `${path}.existingBucket ${bucket}.`],
    [beside({ existingBucket: '10.0.0.1' }), `${path}.existingBucket ${bucket}.`],
    [beside({ existingBucket: 'a..b' }), `${path}.existingBucket ${bucket}.`],
    [
      beside({ existingTable: 'arn:aws:dynamodb:eu-west-1:1:table/mine', existingBucket: 'lake' }),
      `${path}.existingTable ${table}.`,
    ],
    [
      beside({ existingTable: 'mine' }),
      `${path}.existingTable needs existingBucket beside it: the checkpoints of one lake would claim of another what is not in it.`,
    ],
    [
      withOne({ name: `a${'-'.repeat(62)}` }),
      `${path}.workspaces[0].name has too many hyphens for the names that AWS makes of it.`,
    ],
  ])('%j', (configuration, fault) => {
    expect(faults(configuration)).toEqual([fault]);
  });
});

test('all faults of a configuration are told at once', () => {
  expect(
    faults({
      workspaces: [
        { name: 'A', endpoint: 'nowhere', endpont: 'x', paused: 1, requestsPerMinute: 'many' },
        workspace('b'),
        { ...workspace('b'), integrations: ['x', 'x', ' x'], muted: ['y '], dashboard: '' },
        7,
      ],
      alerts: { email: '', refusedShare: -1, lateGrace: 5 },
      schedule: 'rate(1 hourz)',
      alarmEmail: 'nobody',
      alarmTopicArn: 'nowhere',
      existingTable: '',
      unknown: true,
    }).map((fault) => fault.split(' ')[0]),
  ).toEqual([
    `${path}.workspaces[0].name`,
    `${path}.workspaces[0].endpoint`,
    `${path}.workspaces[0].requestsPerMinute`,
    `${path}.workspaces[0].paused`,
    `${path}.workspaces[0].endpont`,
    `${path}.workspaces[2].integrations[2]`,
    `${path}.workspaces[2].muted[0]`,
    `${path}.workspaces[2].dashboard`,
    `${path}.workspaces[3]`,
    `${path}.schedule`,
    `${path}.alarmEmail`,
    `${path}.alerts.email`,
    `${path}.alerts.refusedShare`,
    `${path}.alerts.lateGrace`,
    `${path}.alarmTopicArn`,
    `${path}.existingTable`,
    `${path}.unknown`,
    `${path}.workspaces[2].name`,
    `${path}.workspaces[2].integrations[1]`,
    `${path}.existingTable`,
    `${path}.alarmEmail`,
  ]);
});

test('P12: a key that is taken for the name of its secret is not repeated', () => {
  const key = '01234567-89ab-cdef-0123-456789abcdef';
  const told = faults(withOne({ apiKeySecretName: key }));
  expect(told).toEqual([
    `${path}.workspaces[0].apiKeySecretName must be the name of a secret; this looks like a key, which belongs into the secret alone.`,
  ]);
});

describe('more than one stack holds is told before it is deployed', () => {
  const many = (count: number, more: object = {}) => ({
    workspaces: Array.from({ length: count }, (_, index) => ({
      ...workspace(`workspace-${index}`),
      ...more,
    })),
  });
  const twoStacks = 'Make two stacks of them in an app of your own, each with a database of its own';

  test('workspaces', () => {
    expect(faults(many(120))).toEqual([]);
    expect(faults(many(121))).toEqual([
      `${path}.workspaces must be at most 120: one stack holds no more. ${twoStacks}.`,
    ]);
  });

  test('integrations', () => {
    const integrations = Array.from(
      { length: 100 },
      (_, index) => `00000000-0000-0000-0000-${String(index).padStart(12, '0')}`,
    );
    expect(faults(many(10, { integrations }))).toEqual([]);
    expect(faults(many(20, { integrations }))).toEqual([
      expect.stringMatching(
        /workspaces are too many for one function: their settings take about \d+ bytes, and a secret holds 65536\. /,
      ),
    ]);
  });

  test('long names of secrets', () => {
    const workspaces = Array.from({ length: 100 }, (_, at) => ({
      ...workspace(`workspace-${at}`),
      apiKeySecretName: `${at}${'s'.repeat(500)}`,
    }));
    expect(faults({ workspaces })).toEqual([
      `${path}.workspaces have secrets of names too long for the policies of one role. ${twoStacks}.`,
    ]);
  });
});

describe('the context', () => {
  const configuration = { workspaces: [workspace('default')], schedule: 'rate(1 hour)' };

  test('is an object, or JSON from the command line', () => {
    expect(configurationFromContext(configuration)).toEqual(configuration);
    expect(configurationFromContext(JSON.stringify(configuration))).toEqual(configuration);
  });

  test.each([
    [undefined, `${path} is missing: write it into the context of cdk.json, with a list of workspaces.`],
    [
      '{workspaces: []}',
      `${path} is not JSON: on the command line, put it into single quotes and its texts into double ones.`,
    ],
    ['{"workspaces": []}', `${path}.workspaces must be a list with at least one workspace.`],
  ])('%s', (context, fault) => {
    expect(faultsOf(() => configurationFromContext(context))).toEqual([fault]);
  });
});

const unbundled = () => new App({ context: { 'aws:cdk:bundling-stacks': [] } });

describe('the props of the stack', () => {
  test('are checked as the context is', () => {
    const props = { workspaces: [workspace('A'), workspace('b')], schedule: 'rate(0 minutes)' };
    const make = () => new SyncHistoryStack(unbundled(), 'Mine', props);
    expect(faultsOf(make)).toEqual([
      `props.workspaces[0].name ${name}.`,
      'props.schedule must be rate(N minutes), rate(N hours) or rate(N days), N being a whole number above 0.',
    ]);
    expect(make).toThrow(/^props\.workspaces\[0\]\.name .*\nprops\.schedule /);
  });

  test('may hold what the CDK knows, and undefined for what is left out', () => {
    const props = {
      workspaces: [workspace('a')],
      stackName: 'Mine',
      tags: { a: 'b' },
      alarmEmail: undefined,
    };
    expect(faultsOf(() => new SyncHistoryStack(unbundled(), 'Mine', props as never))).toEqual([]);
  });
});

test('a host that is not of Braze is used with a warning', () => {
  const { stack } = stackOf({
    workspaces: [
      workspace('a'),
      workspace('b', { endpoint: 'https://proxy.example' }),
      workspace('c', { endpoint: 'https://dashboard-01.braze.com' }),
    ],
  });
  const warnings = Annotations.fromStack(stack).findWarning('*', Match.anyValue());
  expect(warnings.map(({ entry }) => entry.data)).toEqual([
    expect.stringMatching(/^Workspace b: proxy\.example is not a host of Braze; it is used all the same\./),
    expect.stringMatching(/^Workspace c: dashboard-01\.braze\.com is Braze's dashboard; the REST API has an/),
  ]);
});
