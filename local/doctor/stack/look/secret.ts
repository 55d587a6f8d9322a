import { DescribeSecretCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { orAbsent } from '../asked.ts';
import type { SecretSeen } from '../secret-checks.ts';

/** The value is not read. Undefined: there is no such secret. */
export async function lookAtSecret(
  client: SecretsManagerClient,
  SecretId: string,
): Promise<SecretSeen | undefined> {
  return orAbsent(/^ResourceNotFound/, async () => {
    const { DeletedDate, VersionIdsToStages = {} } = await client.send(
      new DescribeSecretCommand({ SecretId }),
    );
    return {
      isDeleted: DeletedDate !== undefined,
      hasValue: Object.values(VersionIdsToStages).some((stages) => stages.includes('AWSCURRENT')),
    };
  });
}
