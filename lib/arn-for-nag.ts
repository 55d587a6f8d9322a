import { Stack, Token } from 'aws-cdk-lib';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';

/** As cdk-nag writes the bucket's ARN, where the region is known beforehand and where it is not. */
export function arnForNag(scope: Construct, { bucketName }: IBucket): string {
  if (Token.isUnresolved(bucketName)) return '<LakeBucket.Arn>';
  const { partition } = Stack.of(scope);
  return `arn:${Token.isUnresolved(partition) ? '<AWS::Partition>' : partition}:s3:::${bucketName}`;
}
