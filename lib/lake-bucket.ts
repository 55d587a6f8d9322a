/** The bucket that holds the lake at its root. It outlives the stack. */
import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  type IBucket,
  ObjectOwnership,
} from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { resultsPrefix } from '../lambda/schema/keys.ts';
import { pinned } from './pinned.ts';

/** A first deployment that fails takes it back, empty as it is: each further try would leave one more. */
const keptOnceItStands = RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE;

export interface LakeBucketProps {
  /**
   * Name of a bucket to use instead of making one.
   * @default - a bucket is made
   */
  readonly existingBucket?: string | undefined;
  /** @default - the key of S3 */
  readonly encryptionKey?: IKey | undefined;
}

export class LakeBucket extends Construct {
  readonly bucket: IBucket;

  constructor(scope: Construct, id: string, { existingBucket, encryptionKey }: LakeBucketProps) {
    super(scope, id);
    this.bucket =
      existingBucket === undefined
        ? this.#make(encryptionKey)
        : Bucket.fromBucketName(this, 'Existing', existingBucket);
  }

  #make(encryptionKey: IKey | undefined): IBucket {
    const bucket = new Bucket(this, 'Bucket', {
      // An object is replaced whole, many times: an older version is what a mistake is repaired from.
      versioned: true,
      ...(encryptionKey
        ? // With a key of the bucket's own below it, KMS is asked once in a while and not for each object.
          { encryption: BucketEncryption.KMS, encryptionKey, bucketKeyEnabled: true }
        : { encryption: BucketEncryption.S3_MANAGED }),
      enforceSSL: true,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      removalPolicy: keptOnceItStands,
      lifecycleRules: [
        { id: 'OldVersions', noncurrentVersionExpiration: Duration.days(30) },
        { id: 'UnfinishedUploads', abortIncompleteMultipartUploadAfter: Duration.days(7) },
        {
          id: 'QueryResults',
          prefix: `${resultsPrefix}/`,
          expiration: Duration.days(7),
          noncurrentVersionExpiration: Duration.days(1),
        },
      ],
    });
    // A bucket that is kept without it would take requests without TLS.
    bucket.policy?.applyRemovalPolicy(keptOnceItStands);
    Validations.of(bucket).acknowledge({
      id: 'AwsSolutions-S1',
      reason:
        'Server access logs would be a second bucket, larger than the lake. Who reads it is seen in CloudTrail ' +
        'data events, where an account wants that.',
    });
    // The CDK's own types do not agree under exactOptionalPropertyTypes.
    return pinned(bucket, 'LakeBucket') as IBucket;
  }
}
