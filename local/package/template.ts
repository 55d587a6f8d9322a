/** The template of a stack that anybody can deploy, from that which the CDK made of the marked configuration. */
import type { SyncHistoryConfiguration } from '../../lib/configuration/configuration.ts';
import type { Marks, ParameterName } from './marks.ts';
import { type Json, replaceMarks } from './replace-marks.ts';

export interface Synthesized {
  readonly Description?: string;
  readonly Resources: Readonly<Record<string, Resource>>;
  readonly Outputs: Readonly<Record<string, Json>>;
}

interface Resource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, Json>>;
}

/** What could end a text in JSON or a shell's command is no part of a name or an address. */
const address = '[^\\s"\'`\\\\$<>]';

const parameters: Record<ParameterName, Readonly<Record<string, string>>> = {
  Workspace: {
    Description: 'Name of the Braze workspace: value of the column workspace in the tables.',
    AllowedPattern: '^[a-z0-9][a-z0-9-]{0,62}$',
    ConstraintDescription: 'must be 1 to 63 of a-z, 0-9 and -, and not begin with -',
  },
  Endpoint: {
    Description: 'Base URL of its Braze instance, such as https://rest.fra-01.braze.eu',
    AllowedPattern: '^(https://|http://(localhost|127\\.0\\.0\\.1)[:/])[^\\s"\'`\\\\$?#@]+$',
    ConstraintDescription: 'must be a URL, such as https://rest.fra-01.braze.eu',
  },
  AlarmEmail: {
    Description: "Address that is told of the exporter's own health; empty for none.",
    AllowedPattern: `^$|^${address}+@${address}+$`,
    ConstraintDescription: 'must be an e-mail address, or empty',
  },
  AlertsEmail: {
    Description: 'Address that is told of your syncs; empty for none.',
    AllowedPattern: `^$|^${address}+@${address}+$`,
    ConstraintDescription: 'must be an e-mail address, or empty',
  },
};

const hasAddress = { AlarmEmail: 'HasAlarmEmail', AlertsEmail: 'HasAlertsEmail' } as const;

export function templateWithParameters(
  { Description = '', Resources, Outputs }: Synthesized,
  marks: Marks,
  configuration: SyncHistoryConfiguration,
  codeKey: string,
) {
  const byDefault = defaultsOf(configuration);
  const conditions = Object.entries(hasAddress).filter(([name]) => marks.has(name as ParameterName));
  return {
    AWSTemplateFormatVersion: '2010-09-09',
    Description,
    Parameters: {
      CodeBucket: {
        Type: 'String',
        Description: 'Bucket in the region of the stack to which function.zip was copied.',
      },
      // Under another key, CloudFormation sees that there is other code.
      CodeKey: { Type: 'String', Default: codeKey, Description: 'Key under which it lies there.' },
      ...Object.fromEntries(
        [...marks.keys()].map((name) => [
          name,
          { Type: 'String', Default: byDefault[name], ...parameters[name] },
        ]),
      ),
    },
    Conditions: Object.fromEntries(
      conditions.map(([name, condition]) => [
        condition,
        { 'Fn::Not': [{ 'Fn::Equals': [{ Ref: name }, ''] }] },
      ]),
    ),
    Resources: Object.fromEntries(
      Object.entries(Resources).map(([id, resource]) => [id, parametrized(resource, marks)]),
    ),
    Outputs: replaceMarks(Outputs, marks),
  };
}

function parametrized({ Type, ...rest }: Resource, marks: Marks): Json {
  const replaced = replaceMarks(rest as Json, marks) as { readonly Properties?: Record<string, Json> };
  if (Type === 'AWS::Lambda::Function') {
    const Code = { S3Bucket: { Ref: 'CodeBucket' }, S3Key: { Ref: 'CodeKey' } };
    return { Type, ...replaced, Properties: { ...replaced.Properties, Code } };
  }
  if (Type !== 'AWS::SNS::Subscription') return { Type, ...replaced };
  for (const [name, condition] of Object.entries(hasAddress)) {
    if (rest.Properties?.Endpoint === marks.get(name as ParameterName)) {
      return { Type, Condition: condition, ...replaced };
    }
  }
  return { Type, ...replaced };
}

const defaultsOf = ({
  workspaces,
  alarmEmail,
  alerts,
}: SyncHistoryConfiguration): Record<ParameterName, string> => ({
  Workspace: workspaces[0]?.name ?? '',
  Endpoint: workspaces[0]?.endpoint ?? '',
  AlarmEmail: alarmEmail ?? '',
  AlertsEmail: alerts?.email ?? '',
});
