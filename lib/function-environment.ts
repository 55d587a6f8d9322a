/** What the function is told, in the form in which `lambda/environment.ts` reads it. */
import { variables, type WorkspaceSettings } from '../lambda/environment.ts';
import type { Workspace } from './configuration/schema.ts';

export interface EnvironmentNames {
  readonly bucket: string;
  readonly table: string;
  /** Name or ARN of the secret with a workspace's key. */
  readonly secretOf: (workspace: Workspace) => string;
}

/** Paused workspaces too: they can be run by hand. */
export function functionEnvironment(
  workspaces: readonly Workspace[],
  { bucket, table, secretOf }: EnvironmentNames,
): Record<string, string> {
  const settings = workspaces.map((workspace): [string, WorkspaceSettings] => {
    const { name, endpoint, integrations, requestsPerMinute, listRequestsPerMinute } = workspace;
    return [
      name,
      {
        endpoint,
        secret: secretOf(workspace),
        ...(integrations ? { integrations } : {}),
        requestsPerMinute,
        listRequestsPerMinute,
      },
    ];
  });
  return {
    [variables.bucket]: bucket,
    [variables.table]: table,
    [variables.workspaces]: JSON.stringify(Object.fromEntries(settings)),
  };
}
