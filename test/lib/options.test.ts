import { Validations } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { AwsSolutionsChecks } from 'cdk-nag';
import { describe, expect, test } from 'vitest';
import { combinations } from './combinations.ts';
import { flat } from './flat.ts';
import { faultsOf } from './least-privilege.ts';
import { statementsOf } from './statements.ts';
import { stackOf, templateOf } from './synthesize.ts';

const key = 'arn:aws:kms:eu-central-1:123456789012:key/01234567-89ab-cdef-0123-456789abcdef';
const vpc = { vpcId: 'vpc-0123456789abcdef0', subnetIds: ['subnet-0123456789abcdef0'] };

describe('whatever is combined, in each partition:', () => {
  test.each(combinations())('$name', ({ place, props }) => {
    const { app, stack } = stackOf(props);
    const checks = new AwsSolutionsChecks(app);
    Validations.of(app).addPlugins(checks);
    expect(checks.validateScope(app).violations.map(({ ruleName }) => ruleName)).toEqual([]);
    const template = Template.fromStack(stack);

    const statements = statementsOf(template);
    expect(statements.flatMap((one) => faultsOf(one).map((fault) => `${one.at}: ${fault}`))).toEqual([]);
    // Besides the roles of the function and the scheduler there is only what denies the function its interfaces.
    expect(
      new Set(
        statements
          .filter(({ at, kind }) => kind === 'identity' && !/Role/.test(at))
          .map(({ effect }) => effect),
      ),
    ).toEqual(new Set(props.vpc ? ['Deny'] : []));
    for (const { Properties } of Object.values(template.findResources('AWS::IAM::Role'))) {
      expect(Object.keys(Properties).sort()).toEqual(
        [
          'AssumeRolePolicyDocument',
          ...(props.rolePath ? ['Path'] : []),
          ...(props.permissionsBoundary ? ['PermissionsBoundary'] : []),
          'Policies',
          ...(props.tags ? ['Tags'] : []),
        ].sort(),
      );
    }
    if (place.partition !== 'aws') expect(JSON.stringify(template.toJSON())).not.toContain('arn:aws:');
  });

  test('each value of an option stands beside each of every other once', () => {
    const names = combinations().map(({ name }) => name.split(', '));
    const together = (a: string, b: string) => names.some((row) => row.includes(a) && row.includes(b));
    const some = [
      'vpc',
      'key',
      'aws-cn',
      'bucket',
      'path',
      'tags',
      'log',
      'alarm topic',
      'no catalog',
      'report',
      'workspaces',
    ];
    expect(some.flatMap((a) => some.filter((b) => !together(a, b)).map((b) => [a, b]))).toEqual([]);
    expect(new Set(names.map((row) => row.join()))).toHaveProperty('size', names.length);
  });
});

describe('in a VPC', () => {
  const template = templateOf({ vpc });

  test('the function has its subnets, and a security group that lets HTTPS out and nothing in', () => {
    const [[id, group] = []] = Object.entries(template.findResources('AWS::EC2::SecurityGroup'));
    expect(group?.Properties).toEqual({
      VpcId: vpc.vpcId,
      GroupDescription: 'Braze CDI sync history: HTTPS out, and nothing in.',
      SecurityGroupEgress: [
        expect.objectContaining({ IpProtocol: 'tcp', FromPort: 443, ToPort: 443, CidrIp: '0.0.0.0/0' }),
        expect.objectContaining({ IpProtocol: 'tcp', FromPort: 443, ToPort: 443, CidrIpv6: '::/0' }),
      ],
    });
    template.hasResourceProperties('AWS::Lambda::Function', {
      VpcConfig: { SubnetIds: vpc.subnetIds, SecurityGroupIds: [{ 'Fn::GetAtt': [id, 'GroupId'] }] },
    });
  });

  test('a security group that is named is taken', () => {
    const named = templateOf({ vpc: { ...vpc, securityGroupIds: ['sg-0123456789abcdef0'] } });
    named.resourceCountIs('AWS::EC2::SecurityGroup', 0);
    named.hasResourceProperties('AWS::Lambda::Function', {
      VpcConfig: { SecurityGroupIds: ['sg-0123456789abcdef0'] },
    });
  });

  test('P13: Lambda may make its interfaces with the role, and the code of the function may not', () => {
    const of = (effect: string) =>
      statementsOf(template).filter(
        (one) => one.effect === effect && one.actions.some((action) => action.startsWith('ec2:')),
      );
    const [allowed, ...others] = of('Allow');
    const [denied, ...more] = of('Deny');
    expect([others, more]).toEqual([[], []]);
    expect(allowed).toMatchObject({ at: expect.stringMatching(/^ExporterRole/), resources: ['*'] });
    expect(denied?.actions).toEqual(allowed?.actions);
    const [[exporter] = []] = Object.entries(template.findResources('AWS::Lambda::Function'));
    expect(denied?.condition).toEqual({
      ArnEquals: { 'lambda:SourceFunctionArn': { 'Fn::GetAtt': [exporter, 'Arn'] } },
    });
    const [policy] = Object.values(template.findResources('AWS::IAM::Policy'));
    expect(policy?.Properties.Roles).toEqual([{ Ref: expect.stringMatching(/^ExporterRole/) }]);
  });
});

describe('with a key of the account', () => {
  const template = templateOf({ encryptionKeyArn: key });
  const of = (type: string) =>
    Object.values(template.findResources(type)).map(({ Properties }) => Properties);

  test('everything that is kept is encrypted with it', () => {
    expect(of('AWS::S3::Bucket')).toMatchObject([
      {
        BucketEncryption: {
          ServerSideEncryptionConfiguration: [
            {
              BucketKeyEnabled: true,
              ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: key },
            },
          ],
        },
      },
    ]);
    expect(of('AWS::DynamoDB::GlobalTable')).toMatchObject([
      {
        SSESpecification: { SSEEnabled: true, SSEType: 'KMS' },
        Replicas: [{ SSESpecification: { KMSMasterKeyId: key } }],
      },
    ]);
    expect(of('AWS::SecretsManager::Secret')).toMatchObject([{ KmsKeyId: key }]);
    expect(of('AWS::SNS::Topic')).toMatchObject([{ KmsMasterKeyId: key }, { KmsMasterKeyId: key }]);
    expect(of('AWS::SQS::Queue')).toMatchObject([{ KmsMasterKeyId: key }, { KmsMasterKeyId: key }]);
    expect(of('AWS::Logs::LogGroup')).toMatchObject([{ KmsKeyId: key }]);
    expect(of('AWS::Athena::WorkGroup')[0]).toMatchObject({
      WorkGroupConfiguration: {
        ResultConfiguration: { EncryptionConfiguration: { EncryptionOption: 'SSE_KMS', KmsKey: key } },
      },
    });
    template.resourceCountIs('AWS::KMS::Key', 0);
  });

  test('P13: both roles may use it to read and to write, and for nothing else', () => {
    const uses = statementsOf(template).filter(({ actions }) =>
      actions.some((action) => action.startsWith('kms:')),
    );
    expect(
      uses.map(({ at, actions, resources }) => [at.replace(/[0-9A-F]{8}$/, ''), actions, resources]),
    ).toEqual([
      ['ExporterRole', ['kms:Decrypt', 'kms:GenerateDataKey'], [key]],
      ['SchedulerRole', ['kms:Decrypt', 'kms:GenerateDataKey'], [key]],
    ]);
  });

  test('an existing bucket and table are used with it', () => {
    const kept = templateOf({
      existingBucket: 'kept-bucket',
      existingTable: 'kept-table',
      encryptionKeyArn: key,
    });
    expect(statementsOf(kept).some(({ actions }) => actions.includes('kms:GenerateDataKey'))).toBe(true);
  });
});

test('roles have the path and the boundary, tags are on whatever can have some', () => {
  const template = templateOf({
    rolePath: '/service/crm/',
    permissionsBoundary: 'developers',
    tags: { team: 'crm' },
  });
  for (const { Properties } of Object.values(template.findResources('AWS::IAM::Role'))) {
    expect(Properties).toMatchObject({ Path: '/service/crm/', Tags: [{ Key: 'team', Value: 'crm' }] });
    expect(flat(Properties.PermissionsBoundary)).toBe(
      'arn:<AWS::Partition>:iam::<AWS::AccountId>:policy/developers',
    );
  }
  for (const type of [
    'S3::Bucket',
    'SecretsManager::Secret',
    'Lambda::Function',
    'SQS::Queue',
    'SNS::Topic',
  ]) {
    template.allResourcesProperties(`AWS::${type}`, { Tags: [{ Key: 'team', Value: 'crm' }] });
  }
});

test('a boundary of the CDK’s own context is taken without any of ours', () => {
  const { stack } = stackOf({}, { '@aws-cdk/core:permissionsBoundary': { name: 'of-the-account' } });
  for (const { Properties } of Object.values(Template.fromStack(stack).findResources('AWS::IAM::Role'))) {
    expect(flat(Properties.PermissionsBoundary)).toMatch(/:policy\/of-the-account$/);
  }
});

test('a bootstrap qualifier of the CDK’s own context is taken', () => {
  const { app } = stackOf({}, { '@aws-cdk/core:bootstrapQualifier': 'crmteam' });
  expect(app.synth().getStackByName('BrazeCdiSyncHistory').assumeRoleArn).toContain(
    'role/cdk-crmteam-deploy-role-',
  );
});

test('the log is kept as long as is said, and the processor is the one that is said', () => {
  const template = templateOf({ logRetentionDays: 365, architecture: 'x86_64' });
  template.hasResourceProperties('AWS::Logs::LogGroup', { RetentionInDays: 365 });
  template.hasResourceProperties('AWS::Lambda::Function', { Architectures: ['x86_64'] });
});

test('alarms go to a topic that is named, and none is made for them', () => {
  const topic = 'arn:aws:sns:eu-central-1:123456789012:on-call';
  const template = templateOf({ alarmTopicArn: topic });
  expect(Object.keys(template.findResources('AWS::SNS::Topic'))).toEqual(['SyncAlertsTopic']);
  template.allResourcesProperties('AWS::CloudWatch::Alarm', { AlarmActions: [topic], OKActions: [topic] });
});

test('without the catalogue nothing of Glue or Athena is made, nor put out', () => {
  const { Resources, Outputs } = templateOf({ catalog: false }).toJSON();
  const types = Object.values<{ Type: string }>(Resources).map(({ Type }) => Type);
  expect(types.filter((type) => /Glue|Athena/.test(type))).toEqual([]);
  expect(Object.keys(Outputs)).not.toContain('Database');
  expect(Object.keys(Outputs)).not.toContain('Workgroup');
});
