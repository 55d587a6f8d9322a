import {
  GetRolePolicyCommand,
  type IAMClient,
  paginateListAttachedRolePolicies,
  paginateListRolePolicies,
} from '@aws-sdk/client-iam';
import { orAbsent } from '../asked.ts';
import type { RoleSeen } from '../role-checks.ts';

/** Undefined: it is gone. */
export const lookAtRole = (client: IAMClient, RoleName: string): Promise<RoleSeen | undefined> =>
  orAbsent(/^NoSuchEntity/, async () => {
    const names: string[] = [];
    for await (const { PolicyNames = [] } of paginateListRolePolicies({ client }, { RoleName }))
      names.push(...PolicyNames);
    const attached: string[] = [];
    for await (const { AttachedPolicies = [] } of paginateListAttachedRolePolicies({ client }, { RoleName }))
      attached.push(...AttachedPolicies.map(({ PolicyArn = '' }) => PolicyArn));
    const policies = await Promise.all(
      names.map(async (PolicyName) => {
        const { PolicyDocument = '' } = await client.send(new GetRolePolicyCommand({ RoleName, PolicyName }));
        return [PolicyName, JSON.parse(decodeURIComponent(PolicyDocument))] as const;
      }),
    );
    return { policies: new Map(policies), attached };
  });
