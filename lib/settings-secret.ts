/** The settings of many workspaces, which the function's environment of 4 KB does not hold. Nothing in it is secret. */
import { Validations } from 'aws-cdk-lib';
import { CfnSecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';

export interface SettingsSecretProps {
  readonly json: string;
  /** @default - the key of AWS for secrets */
  readonly encryptionKeyArn?: string | undefined;
}

/**
 * Beside the keys, for which the function asks the same service anyway: one call more, one ARN in its policy, and one
 * resource, where parameters would be a hundred of each.
 */
export class SettingsSecret extends CfnSecret {
  constructor(scope: Construct, id: string, { json, encryptionKeyArn }: SettingsSecretProps) {
    super(scope, id, {
      description: 'Settings of the Braze workspaces, as cdk.json has them: no key is among them.',
      secretString: json,
      ...(encryptionKeyArn === undefined ? {} : { kmsKeyId: encryptionKeyArn }),
    });
    Validations.of(this).acknowledge({
      id: 'AwsSolutions-SMG4',
      reason: 'It holds the settings of the workspaces, and no secret: there is nothing to rotate.',
    });
  }
}
