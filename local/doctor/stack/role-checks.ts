/** What a role may do, compared with the template of the stack. */
import * as z from 'zod';
import { type Check, failed, ok, warning } from '../../../lambda/doctor/check.ts';
import { setRight } from './set-right.ts';
import { agrees, type NameOf } from './template-value.ts';

export interface RoleSeen {
  /** Its own policies, by their names: documents as IAM has them. */
  readonly policies: ReadonlyMap<string, unknown>;
  /** ARNs of the others. */
  readonly attached: readonly string[];
}

export interface RoleMeant {
  /** Name of the check. */
  readonly check: string;
  readonly role: string;
  /** As the template has them. */
  readonly properties: Readonly<Record<string, unknown>>;
  readonly nameOf: NameOf;
}

const actions = z.union([z.string(), z.array(z.string())]);
const statement = z
  .object({ Action: actions.optional(), NotAction: actions.optional() })
  .catchall(z.unknown());
const document = z.object({ Statement: z.union([statement, z.array(statement)]) });
const properties = z.object({
  Policies: z.array(z.object({ PolicyName: z.string(), PolicyDocument: document })).default([]),
  ManagedPolicyArns: z.array(z.unknown()).default([]),
});

const mend = `What somebody has changed by hand is set right by ${setRight}`;

export function roleCheck(seen: RoleSeen | undefined, meant: RoleMeant): Check {
  const { check, role, nameOf } = meant;
  if (!seen) return failed(check, `the role ${role} is gone`, `It comes back by ${setRight}`);
  const { Policies, ManagedPolicyArns } = properties.parse(meant.properties);
  const lost = Policies.flatMap(({ PolicyName, PolicyDocument }) =>
    lostOf(PolicyName, PolicyDocument, seen.policies.get(PolicyName), nameOf),
  );
  const detached = ManagedPolicyArns.filter(
    (each) => !seen.attached.some((arn) => agrees(each, arn, nameOf)),
  );
  const wrong = [
    ...lost,
    ...(detached.length > 0 ? [`${detached.length} of its managed policies are not attached`] : []),
  ];
  if (wrong.length > 0) return failed(check, `the role ${role} is not as made: ${wrong.join('; ')}`, mend);
  const more = [
    ...[...seen.policies.keys()].filter((name) => !Policies.some(({ PolicyName }) => PolicyName === name)),
    ...seen.attached.filter((arn) => !ManagedPolicyArns.some((each) => agrees(each, arn, nameOf))),
  ];
  return more.length === 0
    ? ok(check, 'it may do what the stack has given it')
    : warning(
        check,
        `the role ${role} has policies that the stack has not given it: ${more.join(', ')}`,
        'If they are not of your organisation, detach them in the IAM console: they may forbid what a run needs, or ' +
          'allow what it does not.',
      );
}

/** What a policy does not say any more, or says besides. */
function lostOf(
  name: string,
  { Statement }: z.infer<typeof document>,
  given: unknown,
  nameOf: NameOf,
): readonly string[] {
  if (given === undefined) return [`its policy ${name} is gone`];
  const [meant, there] = [[Statement].flat(), [document.parse(given).Statement].flat()];
  const missing = meant.filter((each) => !there.some((other) => agrees(each, other, nameOf)));
  const added = there.filter((other) => !meant.some((each) => agrees(each, other, nameOf)));
  if (missing.length > 0) return [`its policy ${name} is another for ${actionsOf(missing)}`];
  return added.length > 0 ? [`its policy ${name} says more, about ${actionsOf(added)}`] : [];
}

const actionsOf = (statements: readonly z.infer<typeof statement>[]): string =>
  [
    ...new Set(
      statements.flatMap(({ Action = [], NotAction = [] }) => [
        ...[Action].flat(),
        ...[NotAction].flat().map((each) => `all but ${each}`),
      ]),
    ),
  ].join(', ');
