/** A workspace's key, in a secret of the stack or in one that was there before. */
import { ArnFormat, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { ApiKeySecret } from './api-key-secret.ts';
import type { Workspace } from './configuration/schema.ts';

export interface ApiKey {
  /** What the secret is called in commands: a name or an ARN. */
  readonly secretId: string;
  /** The ARN for a policy. */
  readonly arn: string;
  /** Whether the stack has made it, and somebody has to put the key in. */
  readonly made: boolean;
}

/** @param encryptionKeyArn for a secret that is made. */
export function apiKeyOf(
  scope: Construct,
  { name, apiKeySecretName }: Workspace,
  encryptionKeyArn?: string,
): ApiKey {
  if (apiKeySecretName === undefined) {
    const { ref } = new ApiKeySecret(scope, { workspace: name, encryptionKeyArn });
    return { secretId: ref, arn: ref, made: true };
  }
  const arn = Stack.of(scope).formatArn({
    service: 'secretsmanager',
    resource: 'secret',
    // AWS adds a hyphen and six characters to the name, which only the secret itself knows.
    resourceName: `${apiKeySecretName}-??????`,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
  return { secretId: apiKeySecretName, arn, made: false };
}
