/** What AWS may answer and the local AWS never does, played by a proxy before it. */
import type { ProxiedRequest } from '../../../../../local/aws/fault-proxy.ts';
import type { Fault } from '../../../../../local/aws/proxied-fault.ts';
import { sentinels } from '../../../../lambda/doctor/examining.ts';
import { ofDefault, runs, type StackFault } from './fault.ts';

/** @param api as the SDK names it. @param call a part of the path or of the operation's name. */
const asks =
  (api: string, call = '') =>
  ({ headers, path, target = '' }: ProxiedRequest) =>
    String(headers['user-agent']).includes(`api/${api}#`) && (path.includes(call) || target.includes(call));

const answered =
  (isMeant: (request: ProxiedRequest) => boolean, fault: Fault): StackFault['inject'] =>
  async ({ proxy }) => {
    proxy.fail((request) => (isMeant(request) ? fault : undefined));
    return async () => proxy.fail(() => undefined);
  };

/** With a word that must not be repeated. */
const message = `Not for ${sentinels.ids[0]}`;

const json = (status: number, type: string, words = message): Fault => ({
  status,
  headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-errortype': type },
  body: JSON.stringify({ __type: type, message: words }),
});

const xml = (status: number, code: string): Fault => {
  const error = `<Error><Code>${code}</Code><Message>${message}</Message></Error>`;
  return { status, headers: { 'content-type': 'text/xml' }, body: `<ErrorResponse>${error}</ErrorResponse>` };
};
const s3Error = (status: number, code: string): Fault => ({
  status,
  headers: { 'content-type': 'application/xml' },
  body: `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code><Message>${message}</Message></Error>`,
});

const denied = json(403, 'AccessDeniedException');
const parts = [
  'function',
  'storage',
  'queues',
  'alarms',
  'log',
  'roles',
  'lifecycle',
  'workspaces',
  'athena',
];
const ofStorage = ['lifecycle', 'athena', ...ofDefault('stores', 'runs')];
const invoking = asks('lambda', '/invocations');

const thrown = (errorType: string, errorMessage: string): Fault => ({
  status: 200,
  headers: { 'x-amz-function-error': 'Unhandled' },
  body: JSON.stringify({ errorType, errorMessage }),
});

/** Nobody lets what need not be seen be seen. */
export function settingsDenied(request: ProxiedRequest): Fault | undefined {
  if (asks('cloudwatch-logs')(request)) return denied;
  if (asks('iam')(request)) return xml(403, 'AccessDenied');
  return asks('s3', 'lifecycle')(request) ? s3Error(403, 'AccessDenied') : undefined;
}

export const answerFaults: readonly StackFault[] = [
  {
    title: 'these credentials may not see the stack',
    check: 'stack, found',
    skipped: parts,
    mends: /Allow them cloudformation:DescribeStacks/,
    inject: answered(asks('cloudformation'), xml(403, 'AccessDenied')),
  },
  {
    title: 'the credentials have run out',
    check: 'stack, found',
    skipped: parts,
    mends: /Sign in again/,
    inject: answered(asks('cloudformation'), xml(403, 'ExpiredToken')),
  },
  {
    title: 'the function is gone',
    check: 'function, found',
    skipped: ['workspaces', 'athena'],
    mends: / \(first read .+\): npx cdk deploy --revert-drift$/,
    inject: answered(asks('lambda', '/configuration'), json(404, 'ResourceNotFoundException')),
  },
  {
    title: 'the bucket is gone',
    check: 'storage, bucket',
    skipped: ofStorage,
    mends: /take existingBucket out of cdk\.json/,
    inject: answered(asks('s3', 'versioning'), s3Error(404, 'NoSuchBucket')),
  },
  {
    title: 'these credentials may not see the bucket',
    check: 'storage, bucket',
    skipped: ofStorage,
    mends: /Allow them s3:GetBucketVersioning/,
    inject: answered(asks('s3', 'versioning'), s3Error(403, 'AccessDenied')),
  },
  {
    title: 'the table is gone',
    check: 'storage, table',
    skipped: ofStorage,
    mends: /Restore it/,
    inject: answered(asks('dynamodb', 'DescribeTable'), json(400, 'ResourceNotFoundException')),
  },
  {
    title: 'nobody answers for the alarms',
    check: 'alarms, found',
    mends: /AWS_REGION and AWS_ENDPOINT_URL/,
    inject: answered(asks('cloudwatch'), 'refuse'),
  },
  {
    title: 'Athena can not answer',
    check: 'athena, question',
    mends: /docs\/bi\.md#the-least-rights/,
    inject: answered(asks('athena', 'GetQueryExecution'), {
      status: 200,
      headers: { 'content-type': 'application/x-amz-json-1.1' },
      body: JSON.stringify({
        QueryExecution: {
          Status: { State: 'FAILED', StateChangeReason: 'Insufficient Lake Formation permissions' },
        },
      }),
    }),
  },
  {
    title: 'the workgroup is gone',
    check: 'athena, question',
    mends: /catalog: false/,
    inject: answered(
      asks('athena', 'StartQueryExecution'),
      json(400, 'InvalidRequestException', 'WorkGroup is not found.'),
    ),
  },
  {
    title: 'these credentials may not see the schedule',
    check: 'schedule of default, found',
    skipped: runs,
    mends: /Allow them scheduler:GetSchedule/,
    inject: answered(asks('scheduler'), denied),
  },
  {
    title: 'these credentials may not call the function',
    check: 'answer of default, given',
    skipped: runs,
    mends: /Allow them lambda:InvokeFunction/,
    inject: answered(invoking, denied),
  },
  {
    title: 'the function is older than its doctor',
    check: 'answer of default, given',
    skipped: runs,
    mends: /deploy this one.+ \(first read .+\): npx cdk deploy --revert-drift$/,
    inject: answered(
      invoking,
      thrown('RunFailed', 'The event must be {"workspace": "NAME"} and nothing else.'),
    ),
  },
  {
    title: 'the function is ended before it has looked',
    check: 'answer of default, given',
    skipped: runs,
    mends: /timeout has to be 15 minutes/,
    inject: answered(
      invoking,
      thrown('Sandbox.Timedout', 'RequestId: 1 Error: Task timed out after 3.00 seconds'),
    ),
  },
  {
    title: 'the function has other code',
    check: 'answer of default, given',
    skipped: runs,
    mends: /deploy this one.+: aws lambda update-function-code --function-name \S+ --zip-file \S+$/,
    inject: answered(invoking, { status: 200, body: '"hello"' }),
  },
];
