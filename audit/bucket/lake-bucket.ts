/** A lake at the root of a bucket: it is listed and read, and nothing else. */
import { GetObjectCommand, ListObjectsV2Command, NoSuchKey, S3Client } from '@aws-sdk/client-s3';
import { AuditFailure } from '../audit-failure.ts';
import type { LakeSource, ObjectEntry, ReadObject } from '../sources.ts';
import { inWords, isEmulated } from './clients.ts';

/** Results of queries, which expire, and the reports that the stack writes. */
const besideTheLake = ['athena-results/', 'reports/'];
/** A body that breaks off is no error of the request any more, and the SDK does not try again. */
const tries = 3;

export class LakeBucket implements LakeSource {
  readonly #bucket: string;
  readonly #client: S3Client;

  constructor(
    bucket: string,
    client = new S3Client({ forcePathStyle: isEmulated(), followRegionRedirects: true }),
  ) {
    this.#bucket = bucket;
    this.#client = client;
  }

  async list(): Promise<ObjectEntry[]> {
    const entries: ObjectEntry[] = [];
    let token: string | undefined;
    do {
      const listed = await inWords(`The bucket ${this.#bucket}`, () =>
        this.#client.send(
          new ListObjectsV2Command({
            Bucket: this.#bucket,
            ...(token === undefined ? {} : { ContinuationToken: token }),
          }),
        ),
      );
      for (const { Key, ETag = '', LastModified } of listed.Contents ?? []) {
        if (Key === undefined || besideTheLake.some((prefix) => Key.startsWith(prefix))) continue;
        entries.push({ key: Key, tag: ETag, ...(LastModified ? { writtenAt: LastModified.getTime() } : {}) });
      }
      token = listed.NextContinuationToken;
    } while (token !== undefined);
    return entries.sort((a, b) => (a.key < b.key ? -1 : 1));
  }

  async read(key: string): Promise<ReadObject | undefined> {
    return inWords(`The object ${key} of the bucket ${this.#bucket}`, async () => {
      for (let attempt = 1; ; attempt += 1) {
        try {
          const { Body, ContentType, ContentEncoding } = await this.#client.send(
            new GetObjectCommand({ Bucket: this.#bucket, Key: key }),
          );
          if (!Body) throw new AuditFailure(`The object ${key} came without its body: run again.`);
          const body = await Body.transformToByteArray();
          return { body, contentType: ContentType, contentEncoding: ContentEncoding };
        } catch (error) {
          if (error instanceof NoSuchKey) return undefined;
          if (attempt === tries) throw error;
        }
      }
    });
  }
}
