import {
  GetFunctionConcurrencyCommand,
  GetFunctionConfigurationCommand,
  type LambdaClient,
} from '@aws-sdk/client-lambda';
import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { readWorkspaces, variables, type WorkspaceSettings } from '../../../../lambda/environment.ts';
import { orAbsent } from '../asked.ts';
import type { FunctionSeen } from '../function-checks.ts';

/** Undefined: it is gone. */
export async function lookAtFunction(
  client: LambdaClient,
  FunctionName: string,
): Promise<FunctionSeen | undefined> {
  return orAbsent(/^ResourceNotFound/, async () => {
    const [configuration, { ReservedConcurrentExecutions }] = await Promise.all([
      client.send(new GetFunctionConfigurationCommand({ FunctionName })),
      client.send(new GetFunctionConcurrencyCommand({ FunctionName })),
    ]);
    return {
      arn: configuration.FunctionArn ?? '',
      role: configuration.Role ?? '',
      state: configuration.State ?? '',
      lastUpdate: configuration.LastUpdateStatus ?? '',
      reserved: ReservedConcurrentExecutions,
      logGroup: configuration.LoggingConfig?.LogGroup,
      memory: configuration.MemorySize ?? 512,
      environment: configuration.Environment?.Variables ?? {},
    };
  });
}

export type WorkspacesSeen = Readonly<Record<string, WorkspaceSettings>>;

/** As the function itself is told. Where they are many, they stand in a secret that holds no key. */
export async function lookAtWorkspaces(
  client: SecretsManagerClient,
  environment: FunctionSeen['environment'],
): Promise<WorkspacesSeen> {
  const inSecret = environment[variables.workspacesSecret];
  if (inSecret === undefined) return readWorkspaces(environment[variables.workspaces] ?? '');
  const { SecretString = '' } = await client.send(new GetSecretValueCommand({ SecretId: inSecret }));
  return readWorkspaces(SecretString);
}
