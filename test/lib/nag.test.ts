import { type CfnResource, type Stack, Validations } from 'aws-cdk-lib';
import { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { AwsSolutionsChecks } from 'cdk-nag';
import { describe, expect, test } from 'vitest';
import { stackOf, workspace } from './synthesize.ts';

type Configuration = Parameters<typeof stackOf>[0];

const configurations: [string, Configuration][] = [
  ['the shipped one', {}],
  [
    'named secret, paused workspace, address',
    {
      workspaces: [
        workspace('default'),
        workspace('a-b', { apiKeySecretName: 'braze/a-b' }),
        workspace('c', { paused: true }),
      ],
      alarmEmail: 'on-call@example.com',
      alerts: { email: 'on-call@example.com' },
    },
  ],
  ['reports', { report: { schedule: 'rate(1 day)', announce: true } }],
  ['existing bucket and table', { existingBucket: 'kept-bucket', existingTable: 'kept-table' }],
];

/** The findings that are not acknowledged. Synthesis fails for them, too. */
function findings(configuration: Configuration, change: (stack: Stack) => void = () => {}): string[] {
  const { app, stack } = stackOf(configuration);
  change(stack);
  const checks = new AwsSolutionsChecks(app);
  Validations.of(app).addPlugins(checks);
  const { violations } = checks.validateScope(app);
  if (violations.length === 0) app.synth();
  else expect(() => app.synth()).toThrow('AwsSolutions');
  return violations.map(({ ruleName }) => ruleName).sort();
}

describe('cdk-nag has nothing to say about', () => {
  test.each(configurations)('%s', (_, configuration) => {
    expect(findings(configuration)).toEqual([]);
  });
});

const acknowledgements = (stack: Stack): Record<string, string> =>
  Object.fromEntries(
    stack.node
      .findAll()
      .flatMap(({ node }) => node.metadata)
      .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
      .flatMap(({ data }) => Object.entries<string>(data))
      .map(([id, reason]) => [id.replace(/^.*?::(?=AwsSolutions-)/, ''), reason]),
  );

test('what is acknowledged is this, each with its reason', () => {
  const reasons = acknowledgements(stackOf().stack);
  expect(Object.keys(reasons).sort()).toEqual([
    'AwsSolutions-IAM5[Resource::<LakeBucket.Arn>/changes/*]',
    'AwsSolutions-IAM5[Resource::<LakeBucket.Arn>/coverage/*]',
    'AwsSolutions-IAM5[Resource::<LakeBucket.Arn>/days/*]',
    'AwsSolutions-IAM5[Resource::<LakeBucket.Arn>/integrations/*]',
    'AwsSolutions-IAM5[Resource::<LakeBucket.Arn>/quarantine/*]',
    'AwsSolutions-IAM5[Resource::<LakeBucket.Arn>/standing/*]',
    'AwsSolutions-IAM5[Resource::<LakeBucket.Arn>/syncs/*]',
    'AwsSolutions-S1',
    'AwsSolutions-SMG4',
    'AwsSolutions-SQS3',
  ]);
  for (const reason of Object.values(reasons)) expect(reason).toMatch(/^[A-Z].{60,}\.$/);
});

test('nothing is acknowledged that would not be found', () => {
  const found = findings({}, (stack) => {
    for (const { node } of stack.node.findAll()) {
      Reflect.set(
        node,
        '_metadata',
        node.metadata.filter(({ type }) => type !== Validations.ACKNOWLEDGED_RULES_METADATA_KEY),
      );
    }
  });
  expect(found).toEqual(Object.keys(acknowledgements(stackOf().stack)).sort());
});

describe('synthesis itself refuses', () => {
  const withFunction = (change: (resource: CfnResource) => void) => () => {
    const { app, stack } = stackOf();
    for (const construct of stack.node.findAll()) if (construct instanceof CfnFunction) change(construct);
    app.synth();
  };

  test('nothing of what is right', () => {
    expect(withFunction(() => {})).not.toThrow();
  });

  test('a property that CloudFormation does not know', () => {
    expect(withFunction((one) => one.addPropertyOverride('Timeot', 900))).toThrow('Timeot');
  });

  test('a timeout that Lambda does not take', () => {
    expect(withFunction((one) => one.addPropertyOverride('Timeout', 901))).toThrow(/Timeout|900/);
  });
});
