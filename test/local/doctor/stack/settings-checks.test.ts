/** What is compared with the template, and which rules of a bucket are no matter. */
import { describe, expect, test } from 'vitest';
import { diagnosisText } from '../../../../local/doctor/diagnosis-text.ts';
import { lifecycleChecks, type RuleSeen } from '../../../../local/doctor/stack/lifecycle-checks.ts';
import { logGroupChecks } from '../../../../local/doctor/stack/log-checks.ts';
import { roleCheck } from '../../../../local/doctor/stack/role-checks.ts';
import { agrees } from '../../../../local/doctor/stack/template-value.ts';

const names = new Map([
  ['Lake', 'lake-1'],
  ['Topic', 'arn:aws:sns:eu-central-1:123456789012:Alerts-x'],
  ['Queue', 'https://sqs.eu-central-1.amazonaws.com/123456789012/Failures-x'],
]);
const nameOf = (id: string) => names.get(id);
const arnOf = (id: string) => ({ 'Fn::GetAtt': [id, 'Arn'] });
const join = (...parts: readonly unknown[]) => ({ 'Fn::Join': ['', parts] });

describe('a value of the template', () => {
  test.each([
    ['a word', 'Allow', 'Allow'],
    ['a list in another order', ['a', 'b'], ['b', 'a']],
    ['a list of one', ['a'], 'a'],
    ['an ARN', arnOf('Lake'), 'arn:aws:s3:::lake-1'],
    ['an ARN that goes on', arnOf('Lake'), 'arn:aws:logs:x:1:log-group:lake-1:*'],
    ['an ARN of what is named by its URL', arnOf('Queue'), 'arn:aws:sqs:eu-central-1:1:Failures-x'],
    ['a part of it', join(arnOf('Lake'), '/syncs/*'), 'arn:aws:s3:::lake-1/syncs/*'],
    ['a reference', { Ref: 'Topic' }, 'arn:aws:sns:eu-central-1:123456789012:Alerts-x'],
    ['what is not known', { Ref: 'AWS::AccountId' }, '123456789012'],
    ['an object', { a: { b: 1 } }, { a: { b: '1' } }],
  ])('agrees with what AWS has: %s', (_, meant, seen) => {
    expect(agrees(meant, seen, nameOf)).toBe(true);
  });

  test.each([
    ['another word', 'Allow', 'Deny'],
    ['a longer list', ['a'], ['a', 'b']],
    ['a shorter list', ['a', 'b'], ['a']],
    ['another resource', arnOf('Lake'), 'arn:aws:s3:::another-lake-1'],
    ['one whose name begins so', arnOf('Lake'), 'arn:aws:s3:::lake-11'],
    ['everything', join(arnOf('Lake'), '/syncs/*'), '*'],
    ['another prefix', join(arnOf('Lake'), '/syncs/*'), 'arn:aws:s3:::lake-1/days/*'],
    ['a condition more', { a: 1 }, { a: 1, Condition: {} }],
  ])('does not agree with %s', (_, meant, seen) => {
    expect(agrees(meant, seen, nameOf)).toBe(false);
  });
});

test('policies for many keys are attached to a role, and one that is not is told', () => {
  const meant = {
    check: 'of the function',
    role: 'exporter',
    properties: { ManagedPolicyArns: [{ Ref: 'Topic' }, { Ref: 'Queue' }] },
    nameOf,
  };
  const attached = [...names.values()].slice(1);
  expect(roleCheck({ policies: new Map(), attached }, meant).result).toBe('ok');
  expect(roleCheck({ policies: new Map(), attached: attached.slice(1) }, meant)).toMatchObject({
    result: 'failed',
    seen: 'the role exporter is not as made: 1 of its managed policies are not attached',
  });
});

test('a statement that somebody has written with NotAction is told, and breaks nothing', () => {
  const own = { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' };
  const policies = [{ PolicyName: 'Own', PolicyDocument: { Statement: [own] } }];
  const meant = { check: 'of the function', role: 'exporter', properties: { Policies: policies }, nameOf };
  const Statement = [own, { Effect: 'Deny', NotAction: ['iam:*', 'sts:*'], Resource: '*' }];
  expect(roleCheck({ policies: new Map([['Own', { Statement }]]), attached: [] }, meant)).toMatchObject({
    result: 'failed',
    seen: 'the role exporter is not as made: its policy Own says more, about all but iam:*, all but sts:*',
  });
});

test('the command that brings a role back stands on a line of its own, to be copied as it is', () => {
  const meant = { check: 'of the function', role: 'exporter', properties: {}, nameOf };
  const text = diagnosisText({ categories: [{ name: 'roles', checks: [roleCheck(undefined, meant)] }] });
  expect(text.split('\n').map((line) => line.trim())).toContain('npx cdk deploy --revert-drift');
});

describe('a rule of the bucket', () => {
  const rule: RuleSeen = { name: 'x', prefix: '', wantsTags: false, expires: false, movesTo: [] };
  const results = (change: Partial<RuleSeen>) =>
    lifecycleChecks([{ ...rule, ...change }]).map(({ result }) => result);

  test.each([
    ['that removes old versions', {}],
    ['that removes what does not belong to the lake', { expires: true, prefix: 'athena-results/' }],
    ['that removes what has a tag', { expires: true, wantsTags: true }],
    ['that moves where it can be read', { movesTo: ['STANDARD_IA', 'GLACIER_IR', 'INTELLIGENT_TIERING'] }],
  ])('%s is no matter', (_, change) => expect(results(change)).toEqual(['ok', 'ok']));

  test.each(['s', 'days/', 'changes/workspace=default/', ''])('for %j is about the lake', (prefix) => {
    expect(results({ expires: true, prefix })).toEqual(['failed', 'ok']);
    expect(results({ movesTo: ['GLACIER'], prefix })).toEqual(['ok', 'failed']);
  });

  test('is told by its name, with the tables that it is about', () => {
    const rules = [
      { ...rule, name: 'one', expires: true, prefix: 'days/' },
      { ...rule, name: 'two', expires: true, prefix: 'sy' },
    ];
    expect(lifecycleChecks(rules)[0]?.seen).toMatch(/^the rules one, two remove objects of days, syncs, /);
  });
});

test('a log that the stack keeps for ever, or whose template can not be seen, is kept as it is', () => {
  const meant = { name: '/log', retentionDays: undefined };
  for (const retentionDays of [undefined, 3])
    expect(logGroupChecks({ retentionDays }, meant).map(({ result }) => result)).toEqual(['ok', 'ok']);
  expect(logGroupChecks({ retentionDays: undefined }, { ...meant, retentionDays: 30 })[1]).toMatchObject({
    result: 'warning',
    seen: 'the log is kept for ever, and not for 30 days as the stack has set it',
  });
});
