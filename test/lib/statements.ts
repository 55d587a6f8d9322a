/** Every statement of a policy in a template, wherever one can stand. */
import type { Template } from 'aws-cdk-lib/assertions';
import { flat } from './flat.ts';

export interface Statement {
  /** The resource in whose properties it stands. */
  readonly at: string;
  /** `trust` is who may use a role, `resource` who may use a resource, `identity` what a role may do. */
  readonly kind: 'trust' | 'identity' | 'resource';
  readonly effect: string;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly principals: readonly string[];
  readonly condition: unknown;
  /** Keys that are none of these, such as NotAction. */
  readonly strange: readonly string[];
}

export function statementsOf(template: Template): Statement[] {
  return Object.entries(
    template.toJSON().Resources as Record<string, { Type: string; Properties?: unknown }>,
  ).flatMap(([at, { Type, Properties }]) =>
    documentsIn(Properties, Type).flatMap(([kind, document]) =>
      list(document).map((one) => read(at, kind, one)),
    ),
  );
}

type Kind = Statement['kind'];

/** Whatever has a list named Statement is a policy. */
function documentsIn(value: unknown, type: string, kind?: Kind): [Kind, unknown][] {
  if (typeof value !== 'object' || value === null) return [];
  const identity = type.startsWith('AWS::IAM::');
  return Object.entries(value).flatMap(([key, content]): [Kind, unknown][] => {
    if (key === 'Statement') return [[kind ?? (identity ? 'identity' : 'resource'), content]];
    return documentsIn(content, type, key === 'AssumeRolePolicyDocument' ? 'trust' : kind);
  });
}

function read(at: string, kind: Kind, statement: unknown): Statement {
  const { Sid, Effect, Action, Resource, Principal, Condition, ...strange } = statement as Record<
    string,
    unknown
  >;
  return {
    at,
    kind,
    effect: String(Effect),
    actions: list(Action).map(flat),
    resources: list(Resource).map(flat),
    principals:
      typeof Principal === 'object' && Principal !== null
        ? Object.entries(Principal).flatMap(([type, who]) => list(who).map((one) => `${type}:${flat(one)}`))
        : list(Principal).map(flat),
    condition: Condition,
    strange: Object.keys(strange),
  };
}

const list = (value: unknown): unknown[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value];
