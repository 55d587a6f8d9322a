/**
 * Texts that stand in the configuration where a parameter is to stand in the template. The configuration is checked
 * before anything is synthesized, and takes no parameter in place of a name: so a text that could not be anybody's goes
 * through, and is replaced afterwards.
 */
import type { SyncHistoryConfiguration } from '../../lib/configuration/configuration.ts';

export type ParameterName = 'Workspace' | 'Endpoint' | 'AlarmEmail' | 'AlertsEmail';
export type Marks = ReadonlyMap<ParameterName, string>;

/** Logical ids are made of the first: for good, since a stack that has a key keeps it under one of them. */
const texts = {
  Workspace: 'theworkspace',
  Endpoint: 'https://rest.the-endpoint.braze.com',
  AlarmEmail: 'alarms@braze-cdi-sync-history.example',
  AlertsEmail: 'alerts@braze-cdi-sync-history.example',
} as const;

/** Several workspaces stay as they are configured: a template has no loops. */
export function marked(configuration: SyncHistoryConfiguration): {
  readonly configuration: SyncHistoryConfiguration;
  readonly marks: Marks;
} {
  const { workspaces, alarmTopicArn, alerts } = configuration;
  const [only] = workspaces.length === 1 ? workspaces : [];
  const names: ParameterName[] = [
    ...(only ? (['Workspace', 'Endpoint'] as const) : []),
    ...(alarmTopicArn === undefined ? (['AlarmEmail'] as const) : []),
    'AlertsEmail',
  ];
  return {
    configuration: {
      ...configuration,
      ...(only && { workspaces: [{ ...only, name: texts.Workspace, endpoint: texts.Endpoint }] }),
      ...(alarmTopicArn === undefined && { alarmEmail: texts.AlarmEmail }),
      alerts: { ...alerts, email: texts.AlertsEmail },
    },
    marks: new Map(names.map((name) => [name, texts[name]])),
  };
}
