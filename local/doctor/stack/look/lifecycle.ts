import { GetBucketLifecycleConfigurationCommand, type S3Client } from '@aws-sdk/client-s3';
import { orAbsent } from '../asked.ts';
import type { RuleSeen } from '../lifecycle-checks.ts';

/** The rules that are in force. */
export async function lookAtLifecycle(client: S3Client, Bucket: string): Promise<readonly RuleSeen[]> {
  const { Rules = [] } =
    (await orAbsent(/^NoSuchLifecycleConfiguration/, () =>
      client.send(new GetBucketLifecycleConfigurationCommand({ Bucket })),
    )) ?? {};
  return Rules.filter(({ Status }) => Status === 'Enabled').map(
    ({ ID = '', Filter, Prefix, Expiration, Transitions = [] }) => ({
      name: ID,
      prefix: Filter?.Prefix ?? Filter?.And?.Prefix ?? Prefix ?? '',
      wantsTags: Filter?.Tag !== undefined || (Filter?.And?.Tags?.length ?? 0) > 0,
      expires: Expiration?.Days !== undefined || Expiration?.Date !== undefined,
      movesTo: Transitions.map(({ StorageClass = '' }) => StorageClass),
    }),
  );
}
