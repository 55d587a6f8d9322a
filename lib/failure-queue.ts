/** Where what could not be done is kept for a person to look at, for as long as SQS keeps anything. */
import { Duration, Validations } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';

export interface FailureQueueProps {
  /** @default - the key of SQS */
  readonly encryptionKey?: IKey | undefined;
}

export class FailureQueue extends Queue {
  constructor(scope: Construct, id: string, { encryptionKey }: FailureQueueProps = {}) {
    super(scope, id, {
      ...(encryptionKey
        ? { encryption: QueueEncryption.KMS, encryptionMasterKey: encryptionKey }
        : { encryption: QueueEncryption.SQS_MANAGED }),
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    Validations.of(this).acknowledge({
      id: 'AwsSolutions-SQS3',
      reason:
        'It is itself a queue for failures, of a kind that this rule does not recognise, and nothing consumes it.',
    });
  }
}
