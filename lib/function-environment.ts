/** What the function is told, in the form in which `lambda/environment.ts` reads it. */
import { type AlertsEnvironment, variables, type WorkspaceSettings } from '../lambda/environment.ts';
import type { Settings, Workspace } from './configuration/schema.ts';

/**
 * Of paused workspaces too: they can be run by hand.
 * @param secretOf gives the name or ARN of the secret with a workspace's key.
 * @returns JSON.
 */
export function workspaceSettings(
  workspaces: Settings['workspaces'],
  secretOf: (workspace: Workspace) => string,
): string {
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
  return JSON.stringify(Object.fromEntries(settings));
}

export interface FunctionEnvironment {
  readonly bucket: string;
  readonly table: string;
  /** ARN of the topic on which incidents are told. */
  readonly topic: string;
  /** JSON of {@link workspaceSettings}, or the ARN of the secret that holds it. */
  readonly workspaces: { readonly json: string } | { readonly inSecret: string };
  readonly alerts: Settings['alerts'];
  readonly firstDay: Settings['firstDay'];
}

export function functionEnvironment(given: FunctionEnvironment): Record<string, string> {
  const { bucket, table, topic, workspaces, alerts, firstDay } = given;
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
    ...('json' in workspaces
      ? { [variables.workspaces]: workspaces.json }
      : { [variables.workspacesSecret]: workspaces.inSecret }),
    [variables.alerts]: JSON.stringify(told),
    [variables.firstDay]: firstDay,
  };
}
