import { type CloudWatchLogsClient, DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import type { LogGroupSeen } from '../log-checks.ts';

/** Undefined: it is gone. */
export async function lookAtLogGroup(
  client: CloudWatchLogsClient,
  name: string,
): Promise<LogGroupSeen | undefined> {
  // Names come in alphabetical order, so that the one that is all of the prefix is the first.
  const { logGroups = [] } = await client.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: name }));
  const found = logGroups.find(({ logGroupName }) => logGroupName === name);
  return found && { retentionDays: found.retentionInDays };
}
