/** What a role has to do with the KMS key of what it reads and writes. */
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';

/**
 * Whoever writes to S3, SNS or SQS asks for a data key, and whoever reads, there or in DynamoDB or Secrets Manager,
 * for a decryption; SNS and SQS want both of whoever writes.
 */
export const useOfKey = (encryptionKey: IKey | undefined): PolicyStatement[] =>
  encryptionKey
    ? [
        new PolicyStatement({
          actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
          resources: [encryptionKey.keyArn],
        }),
      ]
    : [];
