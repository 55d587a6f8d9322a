/** The template that is deployed without the CDK, made of what is synthesized here, without a bundle. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { SyncHistoryConfiguration } from '../../../lib/configuration/configuration.ts';
import { marked } from '../../../local/package/marks.ts';
import type { Json } from '../../../local/package/replace-marks.ts';
import { writePackage } from '../../../local/package/write-package.ts';
import { templateOf, workspace } from '../../lib/synthesize.ts';
import { scratchFolder } from '../stores/scratch.ts';
import { packaged } from './packaged.ts';

/** With the parameters' defaults in their places, as CloudFormation would put them. */
function resolved(value: Json, of: (parameter: string) => string | undefined): Json {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((each) => resolved(each, of));
  const { Ref } = value as { Ref?: string };
  const given = typeof Ref === 'string' ? of(Ref) : undefined;
  if (given !== undefined) return given;
  const { 'Fn::Join': join, ...rest } = Object.fromEntries(
    Object.entries(value).map(([key, each]) => [key, resolved(each, of)]),
  );
  if (join === undefined) return rest;
  const [separator, list] = join as [string, Json[]];
  const flat = list.reduce<Json[]>((parts, part) => {
    const last = parts.at(-1);
    const inner = (part as { 'Fn::Join'?: [string, Json[]] })?.['Fn::Join'];
    for (const each of separator === '' && inner?.[0] === '' ? inner[1] : [part]) {
      const before = parts.at(-1) ?? last;
      if (separator === '' && typeof each === 'string' && typeof before === 'string') {
        parts.splice(-1, 1, before + each);
      } else parts.push(each);
    }
    return parts;
  }, []);
  const [only] = flat;
  return flat.length === 1 && typeof only === 'string' ? only : { 'Fn::Join': [separator, flat] };
}

const shop: SyncHistoryConfiguration = {
  workspaces: [workspace('shop-2', { endpoint: 'https://rest.fra-01.braze.eu', muted: ['a'] })],
  alarmEmail: 'on-call@example.com',
  alerts: { email: 'crm@example.com', refusedShare: 0.5 },
};

test('its parameters are the workspace and who is told, with what is configured as their defaults', () => {
  const { Parameters } = packaged(shop);
  expect(
    Object.entries(Parameters).map(([name, parameter]) => [
      name,
      'Default' in parameter ? parameter.Default : undefined,
    ]),
  ).toEqual([
    ['CodeBucket', undefined],
    ['CodeKey', 'code/1.zip'],
    ['Workspace', 'shop-2'],
    ['Endpoint', 'https://rest.fra-01.braze.eu'],
    ['AlarmEmail', 'on-call@example.com'],
    ['AlertsEmail', 'crm@example.com'],
  ]);
});

test('with the defaults it is the template that the CDK deploys, apart from code, conditions and logical ids', () => {
  const { Parameters, Resources, Outputs } = packaged(shop);
  const of = (name: string) => (Parameters as Record<string, { Default?: string }>)[name]?.Default;
  const now = templateOf(shop).toJSON();
  const canonical = (part: Record<string, unknown>) =>
    Object.values(JSON.parse(JSON.stringify(part).replaceAll('Theworkspace', 'ShopDash2')))
      .map((resource) => {
        const { Condition: _, ...rest } = resource as Record<string, unknown>;
        const properties = rest.Properties as { Code?: unknown } | undefined;
        if (properties?.Code) properties.Code = 'the code';
        // Hashes of ids come from the workspace's name.
        return JSON.stringify(rest).replaceAll(/(NoRunEndedWellIn\w+?)[0-9A-F]{8}/g, '$1');
      })
      .sort();
  expect(canonical(resolved(Resources as Json, of) as Record<string, unknown>)).toEqual(
    canonical(resolved(now.Resources, of) as Record<string, unknown>),
  );
  expect(canonical(resolved(Outputs, of) as Record<string, unknown>)).toEqual(
    canonical(resolved(now.Outputs, of) as Record<string, unknown>),
  );
});

test('nothing of the CDK and no mark is left in it', () => {
  const { configuration, marks } = marked(shop);
  const text = JSON.stringify(packaged(shop));
  expect(configuration.workspaces).toHaveLength(1);
  for (const mark of marks.values()) expect(text).not.toContain(mark);
  expect(text).not.toMatch(/cdk-hnb659fds|BootstrapVersion|AssetParameters|aws:cdk/);
});

test('the function’s code is where the parameters say', () => {
  const code = Object.values(packaged(shop).Resources)
    .map((resource) => resource as { Type: string; Properties?: { Code?: unknown } })
    .filter(({ Type }) => Type === 'AWS::Lambda::Function')
    .map(({ Properties }) => Properties?.Code);
  expect(code).toEqual([{ S3Bucket: { Ref: 'CodeBucket' }, S3Key: { Ref: 'CodeKey' } }]);
});

test('an address that is empty subscribes nobody', () => {
  const { Resources, Conditions } = packaged({ workspaces: [workspace('default')] });
  const subscriptions = Object.values(Resources)
    .map((resource) => resource as { Type: string; Condition?: string; Properties?: { Endpoint?: unknown } })
    .filter(({ Type }) => Type === 'AWS::SNS::Subscription');
  expect(subscriptions.map(({ Condition, Properties }) => [Condition, Properties?.Endpoint])).toEqual(
    expect.arrayContaining([
      ['HasAlarmEmail', { Ref: 'AlarmEmail' }],
      ['HasAlertsEmail', { Ref: 'AlertsEmail' }],
    ]),
  );
  expect(Conditions).toEqual({
    HasAlarmEmail: { 'Fn::Not': [{ 'Fn::Equals': [{ Ref: 'AlarmEmail' }, ''] }] },
    HasAlertsEmail: { 'Fn::Not': [{ 'Fn::Equals': [{ Ref: 'AlertsEmail' }, ''] }] },
  });
});

describe('what a parameter may hold', () => {
  const { Parameters } = packaged(shop);
  const allowed = (name: string, text: string) =>
    new RegExp(
      (Parameters as Record<string, { AllowedPattern?: string }>)[name]?.AllowedPattern ?? '$^',
    ).test(text);

  test.each([
    ['Workspace', 'shop-2', true],
    ['Workspace', 'Shop', false],
    ['Workspace', '', false],
    ['Endpoint', 'https://rest.fra-01.braze.eu', true],
    ['Endpoint', 'http://127.0.0.1:4000', true],
    ['Endpoint', 'http://rest.fra-01.braze.eu', false],
    ['Endpoint', 'https://x"}', false],
    ['Endpoint', 'https://user@host', false],
    ['AlarmEmail', '', true],
    ['AlarmEmail', 'a@b.example', true],
    ['AlertsEmail', 'nobody', false],
  ])('%s: %j', (name, text, is) => {
    expect(allowed(name, text)).toBe(is);
  });
});

test('several workspaces stay as they are configured, and a topic that exists has no address', () => {
  const alarmTopicArn = 'arn:aws:sns:eu-central-1:123456789012:on-call';
  const { Parameters, Conditions } = packaged({
    workspaces: [workspace('a'), workspace('b')],
    alarmTopicArn,
  });
  expect(Object.keys(Parameters)).toEqual(['CodeBucket', 'CodeKey', 'AlertsEmail']);
  expect(Object.keys(Conditions)).toEqual(['HasAlertsEmail']);
});

test('a report that is configured stays away, and the page says so', async () => {
  const folder = scratchFolder();
  await writePackage(folder, { ...shop, report: { schedule: 'rate(1 day)' } }, {});
  expect(readFileSync(join(folder, 'template.json'), 'utf8')).not.toContain('ReportFunction');
  expect(readFileSync(join(folder, 'README.md'), 'utf8')).toContain(
    'The `report` of that `cdk.json` is not in this stack',
  );
});
