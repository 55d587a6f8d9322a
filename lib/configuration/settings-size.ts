/** What AWS takes of the settings of many workspaces: told before synthesis, not by a deployment that rolls back. */
import { workspaceSettings } from '../function-environment.ts';
import { keyPolicies } from '../key-policies.ts';
import type { Fault } from './fault.ts';
import type { Settings, Workspace } from './schema.ts';

/** A secret holds 64 KB. */
const mostInSecret = 65_536;

/** Lambda takes 4 KB of environment, which holds some names beside the settings. */
const mostInEnvironment = 4096 - 800;

/** A stack holds 500 resources: three a workspace, and those that all have in common. */
const mostWorkspaces = 120;

/** A role has at most ten managed policies; AWS raises that on request, but nobody has to ask. */
const mostKeyPolicies = 9;

/** A name or ARN that only the deployment knows. An ARN of a secret is about this long in the longest region. */
const notKnownYet = 'x'.repeat(150);

const secretOf = ({ apiKeySecretName }: Workspace) => apiKeySecretName ?? notKnownYet;

const bytesOf = (workspaces: Settings['workspaces']): number =>
  // As JSON within JSON, every quote escaped: so Lambda measures its environment.
  Buffer.byteLength(JSON.stringify(workspaceSettings(workspaces, secretOf)));

export const fitIntoEnvironment = (workspaces: Settings['workspaces']): boolean =>
  bytesOf(workspaces) <= mostInEnvironment;

export function settingsFault({ workspaces }: Settings): Fault[] {
  if (workspaces.length > mostWorkspaces) {
    return [[['workspaces'], `must be at most ${mostWorkspaces}: one stack holds no more. ${twoStacks}`]];
  }
  const bytes = bytesOf(workspaces);
  if (bytes > mostInSecret) {
    const fault =
      `are too many for one function: their settings take about ${bytes} bytes, and a secret holds ${mostInSecret}. ` +
      `Name or mute fewer integrations. ${twoStacks}`;
    return [[['workspaces'], fault]];
  }
  if (keyPolicies(workspaces).length > mostKeyPolicies) {
    return [[['workspaces'], `have secrets of names too long for the policies of one role. ${twoStacks}`]];
  }
  return [];
}

const twoStacks = 'Make two stacks of them in an app of your own, each with a database of its own';
