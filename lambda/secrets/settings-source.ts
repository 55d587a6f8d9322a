/** The settings of many workspaces, from a secret: the environment of a function holds those of some ten. */
import { GetParameterError } from '@aws-lambda-powertools/parameters/errors';
import { SecretsProvider } from '@aws-lambda-powertools/parameters/secrets';
import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { awsFailure } from '../aws/aws-failure.ts';
import { type ReadWorkspaces, readWorkspaces, type WorkspaceSettings } from '../environment.ts';

/** Seconds. */
const maxAge = 5 * 60;

/** They are kept for a few minutes. A deployment may have changed them since: `anew` asks for what stands there now. */
export function settingsFrom(client: SecretsManagerClient, secret: string): ReadWorkspaces {
  const secrets = new SecretsProvider({ awsSdkV3Client: client });
  let parsed: { readonly text: string; readonly workspaces: Readonly<Record<string, WorkspaceSettings>> };
  return async ({ anew }) => {
    const text = await textOf(secrets, secret, anew);
    if (text !== parsed?.text) parsed = { text, workspaces: readWorkspaces(text) };
    return parsed.workspaces;
  };
}

async function textOf(secrets: SecretsProvider, secret: string, forceFetch: boolean): Promise<string> {
  try {
    return (await secrets.get(secret, { maxAge, forceFetch }))?.toString() ?? '';
  } catch (wrapped) {
    throw awsFailure(
      `The secret ${secret} with the settings of the workspaces`,
      wrapped instanceof GetParameterError ? wrapped.cause : wrapped,
    );
  }
}
