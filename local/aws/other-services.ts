/**
 * Three questions to the local AWS, which asks for no signature: one each to IAM, to the logs and to the tags, without
 * clients that nothing else of the rehearsal needs.
 */
import { LocalAwsFailure } from './local-aws-failure.ts';

export interface Role {
  readonly path: string | undefined;
  readonly boundary: string | undefined;
  readonly tags: Readonly<Record<string, string>>;
}

/** IAM answers in XML, a value an element. */
export async function roleIn(endpoint: string, name: string): Promise<Role> {
  const asked = new URLSearchParams({ Action: 'GetRole', RoleName: name, Version: '2010-05-08' });
  const text = await answerOf(endpoint, {}, asked);
  const tags = text.matchAll(/<Key>([^<]*)<\/Key>\s*<Value>([^<]*)<\/Value>/g);
  return {
    path: /<Path>([^<]*)<\/Path>/.exec(text)?.[1],
    boundary: /<PermissionsBoundaryArn>([^<]*)<\/PermissionsBoundaryArn>/.exec(text)?.[1],
    tags: Object.fromEntries([...tags].map(([, key = '', value = '']) => [key, value])),
  };
}

export interface LogGroup {
  readonly logGroupName: string;
  readonly retentionInDays?: number;
  readonly kmsKeyId?: string;
}

export async function logGroupsIn(endpoint: string): Promise<readonly LogGroup[]> {
  const { logGroups } = await json<{ logGroups: LogGroup[] }>(
    endpoint,
    'Logs_20140328.DescribeLogGroups',
    {},
  );
  return logGroups;
}

/** @returns ARNs of all that have the tag. */
export async function taggedIn(
  endpoint: string,
  [key, value]: readonly [string, string],
): Promise<readonly string[]> {
  const { ResourceTagMappingList } = await json<{ ResourceTagMappingList: { ResourceARN: string }[] }>(
    endpoint,
    'ResourceGroupsTaggingAPI_20170126.GetResources',
    { TagFilters: [{ Key: key, Values: [value] }], ResourcesPerPage: 100 },
  );
  return ResourceTagMappingList.map(({ ResourceARN }) => ResourceARN);
}

async function json<T>(endpoint: string, target: string, asked: object): Promise<T> {
  const headers = { 'x-amz-target': target, 'content-type': 'application/x-amz-json-1.1' };
  return JSON.parse(await answerOf(endpoint, headers, JSON.stringify(asked)));
}

async function answerOf(
  endpoint: string,
  headers: Readonly<Record<string, string>>,
  body: string | URLSearchParams,
): Promise<string> {
  const response = await fetch(endpoint, { method: 'POST', headers, body });
  const text = await response.text();
  if (!response.ok) throw new LocalAwsFailure(`The local AWS answered ${response.status}: ${text}`);
  return text;
}
