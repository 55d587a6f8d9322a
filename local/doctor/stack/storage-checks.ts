import { type Check, failed, ok, warning } from '../../../lambda/doctor/check.ts';
import type { Places } from './places.ts';

export interface BucketSeen {
  readonly keepsVersions: boolean;
}

export interface TableSeen {
  readonly status: string;
  /** Names of its keys. */
  readonly keys: readonly string[];
}

type Meant = Pick<Places, 'bucket' | 'madeBucket' | 'table'>;

export function bucketChecks(seen: BucketSeen | undefined, { bucket, madeBucket }: Meant): readonly Check[] {
  if (!seen) {
    return [
      failed(
        'bucket',
        `the bucket ${bucket} is gone, and the lake with it`,
        'Destroy the stack, take existingBucket out of cdk.json, and deploy again: the history is read again as far as ' +
          'Braze keeps it, which is a year or so.',
      ),
    ];
  }
  return [
    ok('bucket', 'it is there'),
    seen.keepsVersions
      ? ok('versions', 'kept')
      : madeBucket
        ? warning(
            'versions',
            'the bucket keeps no older versions of its objects, from which a mistake is repaired',
            `Switch them on: aws s3api put-bucket-versioning --bucket ${bucket} --versioning-configuration Status=Enabled`,
          )
        : ok('versions', 'not kept, as the bucket had it'),
  ];
}

export function tableCheck(seen: TableSeen | undefined, { table }: Meant): Check {
  if (!seen) {
    return failed(
      'table',
      `the table ${table} is gone`,
      'Restore it under that name from a point in time before (aws dynamodb restore-table-to-point-in-time). Where that ' +
        'can not be done, a new stack with existingBucket reads the history again, and doubles nothing.',
    );
  }
  if (!['ACTIVE', 'UPDATING'].includes(seen.status)) {
    return failed(
      'table',
      `it can not be used (${seen.status})`,
      'CREATING passes by itself. Otherwise look at it in the DynamoDB console: a KMS key may be disabled.',
    );
  }
  return seen.keys.join() === 'workspace,item'
    ? ok('table', 'it is there')
    : failed(
        'table',
        `its keys are ${seen.keys.join(' and ')}, and not workspace and item`,
        'Name another table as existingTable in cdk.json, and deploy again.',
      );
}
