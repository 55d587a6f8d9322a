import {
  GetObjectCommand,
  type GetObjectCommandOutput,
  NoSuchKey,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { awsFailure, explainingAws, isFromAws } from '../aws/aws-failure.ts';
import { LostRace } from '../errors/lost-race.ts';
import { StoreFailure } from '../errors/store-failure.ts';
import type { ObjectStore, StoredObject } from './object-store.ts';

/** A body that breaks off in the middle is no error of the request any more, and the SDK does not try again. */
const tries = 3;

/** The lake in a bucket: an object is the key. */
export class S3ObjectStore implements ObjectStore {
  readonly #client: S3Client;
  readonly #bucket: string;
  readonly #options: { readonly abortSignal?: AbortSignal };

  /** @param stop ends every call at once, whatever it waits for. */
  constructor(client: S3Client, bucket: string, stop?: AbortSignal) {
    this.#client = client;
    this.#bucket = bucket;
    this.#options = stop ? { abortSignal: stop } : {};
  }

  async get(key: string): Promise<StoredObject | undefined> {
    for (let attempt = 1; ; attempt += 1) {
      const answer = await this.#ask(key);
      if (!answer) return undefined;
      try {
        const body = await answer.Body?.transformToByteArray();
        if (body && answer.ETag !== undefined) return { body, etag: answer.ETag };
        throw new TypeError('S3 gave no body or no entity tag.');
      } catch (error) {
        if (attempt < tries) continue;
        throw new StoreFailure(`${this.#place(key)} breaks off while it is read: the next run goes on.`, {
          cause: error,
        });
      }
    }
  }

  async put(key: string, body: Uint8Array, expected: string | undefined): Promise<void> {
    const condition = expected === undefined ? { IfNoneMatch: '*' } : { IfMatch: expected };
    const command = new PutObjectCommand({
      Bucket: this.#bucket,
      Key: key,
      Body: body,
      // No content encoding: a download stays the file that it is called, and readers unzip it by its name.
      ContentType: 'application/gzip',
      ...condition,
    });
    await explainingAws(this.#place(key), async () => {
      try {
        await this.#client.send(command, this.#options);
      } catch (error) {
        throw isLostRace(error) ? new LostRace(key) : error;
      }
    });
  }

  async #ask(key: string): Promise<GetObjectCommandOutput | undefined> {
    try {
      const command = new GetObjectCommand({ Bucket: this.#bucket, Key: key });
      return await this.#client.send(command, this.#options);
    } catch (error) {
      if (error instanceof NoSuchKey) return undefined;
      throw awsFailure(this.#place(key), error);
    }
  }

  #place(key: string): string {
    return `s3://${this.#bucket}/${key}`;
  }
}

/**
 * 412: the object is not what was read. 409: somebody else writes it at this moment. 404: what was to be
 * replaced is gone.
 */
function isLostRace(error: unknown): boolean {
  if (!(error instanceof Error) || !isFromAws(error)) return false;
  return /^(PreconditionFailed|ConditionalRequestConflict|NoSuchKey)$/.test(error.name);
}
