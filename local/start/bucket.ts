/** A lake in a bucket, as `--data` names it: `s3://BUCKET`. */
const scheme = 's3://';

/** By the rules of S3 for names. */
const bucketName = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;
const tableName = /^[A-Za-z0-9_.-]{3,255}$/;

/** Undefined: it is a folder. */
export const bucketOf = (data: string): string | undefined =>
  data.startsWith(scheme) ? data.slice(scheme.length) : undefined;

/** What is wrong, as sentences without their full stop. */
export function bucketFaults(
  { data, checkpointTable: table }: { readonly data: string; readonly checkpointTable: string | undefined },
  isSimulated: boolean,
): string[] {
  const bucket = bucketOf(data);
  if (bucket === undefined) {
    return table === undefined
      ? []
      : ['--checkpoint-table is for a lake in a bucket: name that as well, with --data s3://BUCKET'];
  }
  return [
    ...(bucketName.test(bucket)
      ? []
      : ['--data must name a bucket and nothing in it, such as s3://my-bucket: the lake stands at its root']),
    ...(table === undefined
      ? [
          '--data s3://BUCKET needs --checkpoint-table NAME: a DynamoDB table with the keys workspace and item, both strings',
        ]
      : tableName.test(table)
        ? []
        : ['--checkpoint-table must be 3 to 255 of letters, digits, _, . and -']),
    ...(isSimulated
      ? ['what is simulated goes into no bucket: name your Braze instance with --endpoint URL']
      : []),
  ];
}
