/**
 * Which secrets stand in which policy. Each workspace's key is named: a pattern would be open to every secret that
 * happens to fit. Those of a few workspaces fit into the role's own policy, those of many need some of their own.
 */
import type { Workspace } from './configuration/schema.ts';
import { secretLogicalId } from './workspace-id.ts';

/** Of the 10,240 characters of a role's own policies: the rest is for what else the function may do. */
const mostInline = 5_000;
/** A managed policy has 6,144 characters. */
const mostInPolicy = 5_500;

/** What stands in front of a name in an ARN, in the longest region, and the quotes and the comma around all of it. */
const before = 'arn:aws-us-gov:secretsmanager:ap-southeast-1:123456789012:secret:'.length + 3;
/** What CloudFormation adds to the logical id (in some descriptions the name of the stack, too), and AWS to the name. */
const after = 'BrazeCdiSyncHistory--abcdefghijkl-AbCdEf'.length;

const charactersOf = ({ name, apiKeySecretName }: Pick<Workspace, 'name' | 'apiKeySecretName'>): number =>
  before + (apiKeySecretName ?? secretLogicalId(name)).length + after;

/** @returns names of workspaces, a list a policy; none where they fit into the role's own. */
export function keyPolicies(workspaces: readonly Pick<Workspace, 'name' | 'apiKeySecretName'>[]): string[][] {
  const total = workspaces.reduce((sum, workspace) => sum + charactersOf(workspace), 0);
  if (total <= mostInline) return [];
  const policies: string[][] = [];
  let room = 0;
  for (const workspace of workspaces) {
    if (room < charactersOf(workspace)) {
      policies.push([]);
      room = mostInPolicy;
    }
    policies.at(-1)?.push(workspace.name);
    room -= charactersOf(workspace);
  }
  return policies;
}
