/** What the function is told, in the form in which `lambda/environment.ts` reads it. */
import { type AlertsEnvironment, variables, type WorkspaceSettings } from '../lambda/environment.ts';
import type { Settings, Workspace } from './configuration/schema.ts';

export interface EnvironmentNames {
  readonly bucket: string;
  readonly table: string;
  /** ARN of the topic on which incidents are told. */
  readonly topic: string;
  /** Name or ARN of the secret with a workspace's key. */
  readonly secretOf: (workspace: Workspace) => string;
}

/** Paused workspaces too: they can be run by hand. */
export function functionEnvironment(
  { workspaces, alerts, firstDay }: Pick<Settings, 'workspaces' | 'alerts' | 'firstDay'>,
  { bucket, table, topic, secretOf }: EnvironmentNames,
): Record<string, string> {
  const settings = workspaces.map((workspace): [string, WorkspaceSettings] => {
    const { name, endpoint, integrations, requestsPerMinute, listRequestsPerMinute, muted, dashboard } =
      workspace;
    return [
      name,
      {
        endpoint,
        secret: secretOf(workspace),
        ...(integrations ? { integrations } : {}),
        requestsPerMinute,
        listRequestsPerMinute,
        ...(muted ? { muted } : {}),
        ...(dashboard ? { dashboard } : {}),
      },
    ];
  });
  const { refusedShare, lateGraceMinutes, finishedSyncs } = alerts;
  const told: AlertsEnvironment = {
    topic,
    refusedShare,
    ...(lateGraceMinutes ? { lateGraceMinutes } : {}),
    finishedSyncs,
  };
  return {
    [variables.bucket]: bucket,
    [variables.table]: table,
    [variables.workspaces]: JSON.stringify(Object.fromEntries(settings)),
    [variables.alerts]: JSON.stringify(told),
    [variables.firstDay]: firstDay,
  };
}
