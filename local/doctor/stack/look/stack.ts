import {
  type CloudFormationClient,
  DescribeStacksCommand,
  paginateListStackResources,
} from '@aws-sdk/client-cloudformation';
import type { Resource, StackSeen } from '../places.ts';

/** Undefined: there is none of that name. */
export async function lookAtStack(
  client: CloudFormationClient,
  name: string,
): Promise<StackSeen | undefined> {
  const stack = await described(client, name);
  if (!stack) return undefined;
  const resources: Resource[] = [];
  for await (const { StackResourceSummaries = [] } of paginateListStackResources(
    { client },
    { StackName: name },
  ))
    for (const { LogicalResourceId, ResourceType, PhysicalResourceId } of StackResourceSummaries)
      resources.push({
        logicalId: LogicalResourceId ?? '',
        type: ResourceType ?? '',
        physicalId: PhysicalResourceId ?? '',
      });
  return {
    name,
    status: stack.StackStatus ?? '',
    hasDrifted: stack.DriftInformation?.StackDriftStatus === 'DRIFTED',
    outputs: new Map(
      stack.Outputs?.map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue] as const),
    ),
    resources,
  };
}

async function described(client: CloudFormationClient, StackName: string) {
  try {
    return (await client.send(new DescribeStacksCommand({ StackName }))).Stacks?.[0];
  } catch (error) {
    // The name of the error is that of any mistake in a request.
    if (error instanceof Error && /does not exist/.test(error.message)) return undefined;
    throw error;
  }
}
