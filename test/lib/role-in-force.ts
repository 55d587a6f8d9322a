/**
 * The policy of the synthesized role, in force before the local AWS, which knows none. What is asked for is read from
 * the request's own line and headers: for S3 the action and the object, for the others the action.
 */

import type { ProxiedRequest } from '../../local/aws/fault-proxy.ts';
import type { Fault } from '../../local/aws/proxied-fault.ts';
import type { Statement } from './statements.ts';

export interface InForce {
  /** For a proxy: a denial as AWS would answer it; undefined where it is allowed. */
  readonly judge: (request: ProxiedRequest) => Fault | undefined;
  /** Actions that were asked for and allowed. */
  readonly used: Set<string>;
}

export function inForce(statements: readonly Statement[]): InForce {
  const used = new Set<string>();
  const stored = new Set<string>();
  const isAllowed = (action: string, path?: string): boolean =>
    statements.some(
      ({ actions, resources }) =>
        actions.includes(action) &&
        (path === undefined ||
          resources.some((resource) => matches(resource.replace(/^<LakeBucket\.Arn>\/?/, ''), path))),
    );
  const judge = (request: ProxiedRequest): Fault | undefined => {
    const asked = callOf(request);
    if (!asked) return { status: 501, body: `Not known here: ${request.method} ${request.path}` };
    const { action, key } = asked;
    if (!isAllowed(action, key)) return denial(action, key);
    used.add(action);
    if (action === 's3:PutObject' && key !== undefined) stored.add(key);
    // Who may not list a bucket is not told that an object is missing.
    if (action === 's3:GetObject' && key !== undefined && !stored.has(key)) {
      if (!isAllowed('s3:ListBucket', '')) return denial('s3:ListBucket', key);
      used.add('s3:ListBucket');
    }
    return undefined;
  };
  return { judge, used };
}

const prefixes: Readonly<Record<string, string>> = {
  DynamoDB_20120810: 'dynamodb',
  secretsmanager: 'secretsmanager',
  AWSEvents: 'events',
};

function callOf({
  method,
  path,
  target,
  headers,
}: ProxiedRequest): { action: string; key?: string } | undefined {
  const [service = '', operation] = target?.split('.') ?? [];
  const prefix = prefixes[service];
  if (prefix && operation) return { action: `${prefix}:${operation}` };
  // Its operation stands in the body. The function knows one, in batches, for which SNS asks the same right.
  if (/\/sns\/aws4_request/.test(headers.authorization ?? '')) return { action: 'sns:Publish' };
  const key = /^\/[^/?]+\/([^?]+)/.exec(path)?.[1];
  if (key === undefined) return undefined;
  const action = { GET: 's3:GetObject', PUT: 's3:PutObject', DELETE: 's3:DeleteObject' }[method];
  return action === undefined ? undefined : { action, key: decodeURIComponent(key) };
}

/** As IAM has it: a star is any text, a question mark any character. */
const matches = (pattern: string, text: string): boolean =>
  new RegExp(
    `^${pattern
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.')}$`,
    's',
  ).test(text);

function denial(action: string, key: string | undefined): Fault {
  const message =
    `User: arn:aws:sts::000000000000:assumed-role/Exporter/run is not authorized to perform: ${action} ` +
    `because no identity-based policy allows the ${action} action`;
  const xml = { 'content-type': 'application/xml' };
  // In a protocol and with a word of its own.
  if (action === 'sns:Publish') {
    const error = `<Error><Type>Sender</Type><Code>AuthorizationError</Code><Message>${message}</Message></Error>`;
    return { status: 403, headers: xml, body: `<ErrorResponse>${error}</ErrorResponse>` };
  }
  return key === undefined
    ? {
        status: 400,
        headers: { 'content-type': 'application/x-amz-json-1.0' },
        body: JSON.stringify({ __type: 'AccessDeniedException', message }),
      }
    : {
        status: 403,
        headers: xml,
        body: `<Error><Code>AccessDenied</Code><Message>${message}</Message></Error>`,
      };
}
