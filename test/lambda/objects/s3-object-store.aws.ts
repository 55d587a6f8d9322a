import { HeadObjectCommand } from '@aws-sdk/client-s3';
import { describe, expect, inject, onTestFinished, test } from 'vitest';
import { LostRace } from '../../../lambda/errors/lost-race.ts';
import { StoreFailure } from '../../../lambda/errors/store-failure.ts';
import { S3ObjectStore } from '../../../lambda/objects/s3-object-store.ts';
import { update } from '../../../lambda/run/commit.ts';
import { newReceipt } from '../../../lambda/run/receipt.ts';
import { startFaultProxy } from '../../../local/aws/fault-proxy.ts';
import { makeBucket, s3At } from '../../../local/aws/places.ts';
import type { Fault } from '../../../local/aws/proxied-fault.ts';
import { objectStoreContract } from './object-store.contract.ts';

const { endpoint } = inject('localAws');

objectStoreContract('S3ObjectStore', async () => {
  const bucket = await makeBucket(endpoint);
  return () => new S3ObjectStore(s3At(endpoint), bucket);
});

const key = 'syncs/workspace=w/dt=2026-01-01/syncs.ndjson.gz';
const bytes = (text: string) => new TextEncoder().encode(text);

/** A store that stands behind a proxy, beside one that does not. */
async function behindProxy() {
  const bucket = await makeBucket(endpoint);
  const proxy = await startFaultProxy(endpoint);
  onTestFinished(() => proxy.close());
  const direct = new S3ObjectStore(s3At(endpoint), bucket);
  const textOf = async () => {
    const stored = await direct.get(key);
    return stored && Buffer.from(stored.body).toString();
  };
  /** The first so many requests of a method meet the fault. */
  const failFirst = (method: string, times: number, fault: Fault) => {
    let left = times;
    proxy.fail((request) => {
      if (request.method !== method || left === 0) return undefined;
      left -= 1;
      return fault;
    });
  };
  return { bucket, proxy, direct, store: new S3ObjectStore(s3At(proxy.endpoint), bucket), textOf, failFirst };
}

const refusal = (status: number, code: string): Fault => ({
  status,
  headers: { 'content-type': 'application/xml' },
  body: `<?xml version="1.0"?><Error><Code>${code}</Code><Message>No.</Message></Error>`,
});

describe('S3ObjectStore', () => {
  test('an object is gzip to whoever downloads it, without an encoding that a reader would undo', async () => {
    const bucket = await makeBucket(endpoint);
    await new S3ObjectStore(s3At(endpoint), bucket).put(key, bytes('one'), undefined);

    const head = await s3At(endpoint).send(new HeadObjectCommand({ Bucket: bucket, Key: key }));

    expect(head).toMatchObject({ ContentType: 'application/gzip', ContentLength: 3 });
    expect(head.ContentEncoding ?? '').toBe('');
  });

  test('throttled and broken connections are tried again', async () => {
    const { store, failFirst, textOf, proxy } = await behindProxy();
    failFirst('PUT', 2, refusal(503, 'SlowDown'));
    await store.put(key, bytes('one'), undefined);
    expect(await textOf()).toBe('one');
    failFirst('GET', 2, 'refuse');
    expect((await store.get(key))?.body).toEqual(bytes('one'));
    expect(proxy.requests).toHaveLength(6);
  });

  test('P2: a body that is cut short never passes for the object', async () => {
    const { store, direct, failFirst } = await behindProxy();
    const body = Uint8Array.from({ length: 100_000 }, (_, index) => index % 251);
    await direct.put(key, body, undefined);

    failFirst('GET', 2, 'cut_body');
    expect(Buffer.from((await store.get(key))?.body ?? []).equals(body)).toBe(true);
    failFirst('GET', 3, 'cut_body');
    await expect(store.get(key)).rejects.toThrow(/syncs\.ndjson\.gz breaks off while it is read/);
  });

  test('P2: a write whose answer was lost is known again, and the object is written once', async () => {
    const { store, failFirst, textOf, proxy } = await behindProxy();
    const receipt = newReceipt('w');
    const append = (existing: Uint8Array | undefined) => {
      const before = existing ? Buffer.from(existing).toString() : '';
      return before.includes('mine') ? undefined : bytes(`${before}mine`);
    };

    failFirst('PUT', 1, 'lose_answer');
    await update({ objects: store, receipt }, key, async (existing) => append(existing));

    expect(await textOf()).toBe('mine');
    expect(proxy.requests.map(({ method }) => method)).toEqual(['GET', 'PUT', 'PUT', 'GET']);
  });

  test.each([
    ['409: somebody writes at this moment', refusal(409, 'ConditionalRequestConflict')],
    ['412: somebody has written', refusal(412, 'PreconditionFailed')],
  ])('P9: a race lost with %s', async (_, fault) => {
    const { store, failFirst, textOf } = await behindProxy();
    failFirst('PUT', 1, fault);
    await expect(store.put(key, bytes('one'), undefined)).rejects.toThrow(LostRace);
    expect(await textOf()).toBeUndefined();
  });

  test('P9: what was to be replaced is gone', async () => {
    const { store, textOf } = await behindProxy();
    await expect(store.put(key, bytes('two'), '"0123456789abcdef0123456789abcdef"')).rejects.toThrow(
      LostRace,
    );
    expect(await textOf()).toBeUndefined();
  });

  test('what AWS refuses is said with the object and what to do', async () => {
    const { store, failFirst } = await behindProxy();
    failFirst('GET', 1, refusal(403, 'AccessDenied'));
    const error = await store.get(key).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(StoreFailure);
    expect(String(error)).toMatch(
      /s3:\/\/lake-[^ ]+\/syncs\/[^ ]+ is not open to these credentials: .*\(AccessDenied: No\.\)$/,
    );

    const nowhere = new S3ObjectStore(s3At(endpoint), 'no-such-bucket-anywhere');
    await expect(nowhere.get(key)).rejects.toThrow(/is not there: mend its name\. .+ \(NoSuchBucket/);
    await expect(nowhere.put(key, bytes('one'), undefined)).rejects.toThrow(StoreFailure);
  });
});
