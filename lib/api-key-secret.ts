/** The secret whose whole string is a workspace's Braze key, for a person to fill. */
import { Validations } from 'aws-cdk-lib';
import { CfnSecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import { logicalId } from './logical-id.ts';
import { secretLogicalId } from './workspace-id.ts';

export interface ApiKeySecretProps {
  /** Name of the workspace. */
  readonly workspace: string;
  /** @default - the key of AWS for secrets */
  readonly encryptionKeyArn?: string | undefined;
}

/**
 * Made without a value: the L2 construct always generates one, and a later update of it would overwrite the key
 * that was put in. Made without a name, too: a deleted secret keeps its name for 30 days, and a stack that was
 * destroyed could not be deployed again in that time.
 */
export class ApiKeySecret extends CfnSecret {
  constructor(scope: Construct, { workspace, encryptionKeyArn }: ApiKeySecretProps) {
    const id = secretLogicalId(workspace);
    super(scope, id, {
      description:
        `Braze REST API key of the workspace ${workspace}: the whole string is the key, ` +
        'without quotes and without JSON around it.',
      ...(encryptionKeyArn === undefined ? {} : { kmsKeyId: encryptionKeyArn }),
    });
    this.overrideLogicalId(logicalId(scope, id));
    Validations.of(this).acknowledge({
      id: 'AwsSolutions-SMG4',
      reason:
        'Braze keys are made by hand in its dashboard: there is nothing that Secrets Manager could rotate.',
    });
  }
}
