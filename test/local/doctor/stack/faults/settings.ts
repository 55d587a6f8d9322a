/** The log, the roles and the lifecycle of the bucket, as somebody may have set them by hand. */
import {
  CreateLogGroupCommand,
  DeleteLogGroupCommand,
  PutRetentionPolicyCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import {
  AttachRolePolicyCommand,
  CreateRoleCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  DetachRolePolicyCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam';
import {
  DeleteBucketLifecycleCommand,
  GetBucketLifecycleConfigurationCommand,
  type LifecycleRule,
  PutBucketLifecycleConfigurationCommand,
} from '@aws-sdk/client-s3';
import { orAbsent } from '../../../../../local/doctor/stack/asked.ts';
import type { DeployedStack } from '../deployed-stack.ts';
import type { StackFault } from './fault.ts';

const keptFor = (
  { clients: { logs }, places: { logGroup: logGroupName } }: DeployedStack,
  retentionInDays: number,
) => logs.send(new PutRetentionPolicyCommand({ logGroupName, retentionInDays }));

const logFaults: readonly StackFault[] = [
  {
    title: 'the log group is gone',
    check: 'log, group',
    mends:
      /: aws logs create-log-group --log-group-name (\S+) && aws logs put-retention-policy --log-group-name \1 --retention-in-days 30$/,
    inject: async (stack) => {
      const { logs } = stack.clients;
      const { logGroup: logGroupName } = stack.places;
      await logs.send(new DeleteLogGroupCommand({ logGroupName }));
      return async () => {
        // The local AWS lets the function make it.
        await orAbsent(/AlreadyExists/, () => logs.send(new CreateLogGroupCommand({ logGroupName })));
        await keptFor(stack, 30);
      };
    },
  },
  {
    title: 'the log is kept for a day',
    check: 'log, retention',
    result: 'warning',
    mends: /: aws logs put-retention-policy --log-group-name \S+ --retention-in-days 30$/,
    inject: async (stack) => {
      await keptFor(stack, 1);
      return () => keptFor(stack, 30);
    },
  },
];

type Role = 'exporterRole' | 'schedulerRole';

/** The policy of a role, changed; undefined: taken away. */
const changedPolicy =
  (role: Role, PolicyName: string, change: (document: string) => string | undefined): StackFault['inject'] =>
  async ({ clients: { iam }, places }) => {
    const at = { RoleName: places[role], PolicyName };
    const { PolicyDocument = '' } = await iam.send(new GetRolePolicyCommand(at));
    const before = decodeURIComponent(PolicyDocument);
    const put = (document: string) => iam.send(new PutRolePolicyCommand({ ...at, PolicyDocument: document }));
    const changed = change(before);
    if (changed === before) throw new TypeError('nothing was changed');
    await (changed === undefined ? iam.send(new DeleteRolePolicyCommand(at)) : put(changed));
    return () => put(before);
  };

/** Taken away as a whole. */
const withoutRole =
  (role: Role, PolicyName: string): StackFault['inject'] =>
  async (stack) => {
    const { iam } = stack.clients;
    const RoleName = stack.places[role];
    const { Role: { AssumeRolePolicyDocument = '' } = {} } = await iam.send(new GetRoleCommand({ RoleName }));
    const putPolicy = await changedPolicy(role, PolicyName, () => undefined)(stack);
    await iam.send(new DeleteRoleCommand({ RoleName }));
    return async () => {
      const trust = decodeURIComponent(AssumeRolePolicyDocument);
      await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trust }));
      await putPolicy();
    };
  };

const reverts = / \(first read .+\): npx cdk deploy --revert-drift$/;

const roleFaults: readonly StackFault[] = [
  {
    title: 'the role of the function is gone',
    check: 'roles, of the function',
    mends: reverts,
    inject: withoutRole('exporterRole', 'Export'),
  },
  {
    title: 'the policy of the function is gone',
    check: 'roles, of the function',
    mends: reverts,
    inject: changedPolicy('exporterRole', 'Export', () => undefined),
  },
  {
    title: 'the function may not write into the table any more',
    check: 'roles, of the function',
    mends: reverts,
    inject: changedPolicy('exporterRole', 'Export', (document) =>
      document.replace(/"dynamodb:PutItem",\s*/, ''),
    ),
  },
  {
    title: 'the function may write into another bucket',
    check: 'roles, of the function',
    mends: reverts,
    inject: changedPolicy('exporterRole', 'Export', (document) =>
      document.replace(/arn:aws:s3:::[^/"]+\/syncs/, 'arn:aws:s3:::another/syncs'),
    ),
  },
  {
    title: 'the policy of the function forbids something',
    check: 'roles, of the function',
    mends: reverts,
    inject: changedPolicy('exporterRole', 'Export', (document) => {
      const { Statement, ...rest } = JSON.parse(document);
      const forbidden = { Effect: 'Deny', Action: 's3:*', Resource: '*' };
      return JSON.stringify({ ...rest, Statement: [...Statement, forbidden] });
    }),
  },
  {
    title: 'the schedules may not start the function',
    check: 'roles, of the schedules',
    mends: reverts,
    inject: changedPolicy('schedulerRole', 'Run', () => undefined),
  },
  {
    title: 'somebody has attached a policy',
    check: 'roles, of the function',
    result: 'warning',
    mends: /detach/,
    inject: async ({ clients: { iam }, places: { exporterRole: RoleName } }) => {
      const at = { RoleName, PolicyArn: 'arn:aws:iam::aws:policy/AWSDenyAll' };
      await iam.send(new AttachRolePolicyCommand(at));
      return () => iam.send(new DetachRolePolicyCommand(at));
    },
  },
];

/** A rule beside those of the stack. */
const withRule =
  (rule: Omit<LifecycleRule, 'Status'>): StackFault['inject'] =>
  async ({ clients: { s3 }, places: { bucket: Bucket } }) => {
    // The CloudFormation of the local AWS gives a bucket no rules.
    const get = () => s3.send(new GetBucketLifecycleConfigurationCommand({ Bucket }));
    const { Rules = [] } = (await orAbsent(/^NoSuchLifecycle/, get)) ?? {};
    const put = (rules: LifecycleRule[]) =>
      s3.send(
        new PutBucketLifecycleConfigurationCommand({ Bucket, LifecycleConfiguration: { Rules: rules } }),
      );
    await put([...Rules, { ...rule, Status: 'Enabled' }]);
    return () => (Rules.length > 0 ? put(Rules) : s3.send(new DeleteBucketLifecycleCommand({ Bucket })));
  };

const lifecycleFaults: readonly StackFault[] = [
  {
    title: 'a rule of the bucket removes what is older than a year',
    check: 'lifecycle, expiry',
    mends: /take out what does.+docs\/runbook\.md#history-that-was-removed\.$/,
    inject: withRule({ ID: 'tidy', Filter: { Prefix: 'syncs/' }, Expiration: { Days: 365 } }),
  },
  {
    title: 'a rule of the bucket moves everything to Glacier',
    check: 'lifecycle, archive',
    mends: /take out what does.+restored/,
    inject: withRule({
      ID: 'cheap',
      Filter: { Prefix: '' },
      Transitions: [{ Days: 90, StorageClass: 'DEEP_ARCHIVE' }],
    }),
  },
];

export const settingsFaults: readonly StackFault[] = [...logFaults, ...roleFaults, ...lifecycleFaults];
