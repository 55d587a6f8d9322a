/** What hands may have changed of a deployed stack, and what these credentials need not be allowed to see. */
import { asked, judgedWhereAllowed } from './asked.ts';
import type { StackClients } from './clients.ts';
import type { Findings } from './findings.ts';
import { lifecycleChecks } from './lifecycle-checks.ts';
import { logGroupChecks } from './log-checks.ts';
import { lookAtLifecycle } from './look/lifecycle.ts';
import { lookAtLogGroup } from './look/log-group.ts';
import { lookAtRole } from './look/role.ts';
import { lookAtTemplate, type TemplateSeen } from './look/template.ts';
import type { Places, StackSeen } from './places.ts';
import { roleCheck } from './role-checks.ts';

interface Examined {
  readonly seen: StackSeen;
  readonly places: Places;
  /** Rejects where it can not be seen. */
  readonly template: Promise<TemplateSeen>;
}

export const settingsCategories = ['log', 'roles', 'lifecycle'] as const;

export async function examineSettings(
  seen: StackSeen,
  places: Places,
  findings: Findings,
  clients: StackClients,
): Promise<void> {
  const template = lookAtTemplate(clients.cloudFormation, seen.name);
  // Node would end the process where nobody waits for it yet; whoever does gets the error all the same.
  template.catch(() => {});
  const examined: Examined = { seen, places, template };
  await lookAtLogOf(examined, findings, clients);
  await lookAtRolesOf(examined, findings, clients);
  await findings.look('lifecycle', ['storage'], async () =>
    judgedWhereAllowed(
      'rules',
      's3:GetLifecycleConfiguration',
      await asked(() => lookAtLifecycle(clients.s3, places.bucket)),
      lifecycleChecks,
    ),
  );
}

async function lookAtLogOf(
  { seen, places: { logGroup }, template }: Examined,
  findings: Findings,
  { logs }: StackClients,
): Promise<void> {
  if (logGroup === undefined) return;
  const given = await asked(() => lookAtLogGroup(logs, logGroup));
  const meant = await asked(async () => (await template).get(logicalIdOf(logGroup, seen))?.RetentionInDays);
  const days = 'answer' in meant ? Number(meant.answer) : Number.NaN;
  findings.add(
    'log',
    judgedWhereAllowed('group', 'logs:DescribeLogGroups', given, (answer) =>
      logGroupChecks(answer, { name: logGroup, retentionDays: Number.isNaN(days) ? undefined : days }),
    ),
  );
}

async function lookAtRolesOf(
  { seen, places, template }: Examined,
  findings: Findings,
  { iam }: StackClients,
): Promise<void> {
  const action =
    'iam:ListRolePolicies, iam:GetRolePolicy, iam:ListAttachedRolePolicies and cloudformation:GetTemplate';
  const nameOf = (id: string) => seen.resources.find(({ logicalId }) => logicalId === id)?.physicalId;
  const roles = { 'of the function': places.exporterRole, 'of the schedules': places.schedulerRole };
  const checks = Object.entries(roles).map(async ([check, role]) => {
    if (role === undefined) return [];
    const given = await asked(() => lookAtRole(iam, role));
    // A role that is gone is told also to who may not read the template.
    if ('answer' in given && given.answer === undefined)
      return [roleCheck(undefined, { check, role, properties: {}, nameOf })];
    if ('refusal' in given) return judgedWhereAllowed(check, action, given, () => []);
    return judgedWhereAllowed(check, action, await asked(() => template), (meant) => [
      roleCheck(given.answer, { check, role, properties: meant.get(logicalIdOf(role, seen)) ?? {}, nameOf }),
    ]);
  });
  findings.add('roles', (await Promise.all(checks)).flat());
}

const logicalIdOf = (id: string, { resources }: StackSeen): string =>
  resources.find(({ physicalId }) => physicalId === id)?.logicalId ?? '';
