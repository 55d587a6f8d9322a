/** What the deployed stack's outputs say. */
import { type CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { LocalAwsFailure } from './local-aws-failure.ts';

export const stackName = 'BrazeCdiSyncHistory';

/** @returns what gives an output by its name. @param stack @default the one of this project */
export async function outputsOf(
  client: CloudFormationClient,
  stack = stackName,
): Promise<(name: string) => string> {
  const { Stacks } = await client.send(new DescribeStacksCommand({ StackName: stack }));
  const outputs = new Map(Stacks?.[0]?.Outputs?.map((each) => [each.OutputKey, each.OutputValue]));
  return (name) => {
    const value = outputs.get(name);
    if (value) return value;
    throw new LocalAwsFailure(`The stack has no output ${name}; it has ${[...outputs.keys()].join(', ')}.`);
  };
}
