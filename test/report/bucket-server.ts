/** As much of AWS as reports take: of S3 lists in pages, and objects; of SNS what is published. */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { S3Client } from '@aws-sdk/client-s3';
import { onTestFinished } from 'vitest';
import { filesBelow } from '../local/stores/scratch.ts';

export interface BucketServer {
  readonly client: S3Client;
  readonly endpoint: string;
  /** Prefixes that were listed. */
  readonly listed: Set<string>;
  /** Keys of the objects that were read. */
  readonly read: string[];
  /** What was written, by key; none of it is listed. */
  readonly written: Map<string, { readonly type: string | undefined; readonly body: string }>;
  /** What SNS was asked for. */
  readonly published: URLSearchParams[];
}

/** @param refusal answers everything with this error code of S3. */
export async function bucketServer(lake: string, refusal?: string): Promise<BucketServer> {
  const read: string[] = [];
  const prefixes = new Set<string>();
  const written: BucketServer['written'] = new Map();
  const published: URLSearchParams[] = [];
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '', 'http://s3');
    const key = decodeURIComponent(url.pathname.split('/').slice(2).join('/'));
    if (refusal) {
      response.writeHead(refusal === 'NoSuchBucket' ? 404 : 403, { 'content-type': 'application/xml' });
      response.end(`<Error><Code>${refusal}</Code><Message>no</Message></Error>`);
    } else if (request.method === 'POST') {
      published.push(new URLSearchParams(await text(request)));
      response.end(
        '<PublishResponse><PublishResult><MessageId>1</MessageId></PublishResult></PublishResponse>',
      );
    } else if (request.method === 'PUT') {
      written.set(key, { type: request.headers['content-type'], body: await text(request) });
      response.end();
    } else if (url.searchParams.has('list-type')) {
      prefixes.add(url.searchParams.get('prefix') ?? '');
      response.setHeader('content-type', 'application/xml');
      response.end(listed(filesBelow(lake), url.searchParams));
    } else {
      read.push(key);
      response.end(readFileSync(join(lake, key)));
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const client = new S3Client({
    endpoint,
    region: 'eu-central-1',
    forcePathStyle: true,
    maxAttempts: 1,
    credentials: { accessKeyId: 'id', secretAccessKey: 'secret' },
  });
  onTestFinished(() => {
    client.destroy();
    server.close();
  });
  return { client, endpoint, listed: prefixes, read, written, published };
}

const pageSize = 3;

function listed(keys: readonly string[], query: URLSearchParams): string {
  const after = query.get('continuation-token') ?? '';
  const rest = keys.filter((key) => key.startsWith(query.get('prefix') ?? '') && key > after);
  const page = rest.slice(0, pageSize);
  return `<ListBucketResult><IsTruncated>${rest.length > pageSize}</IsTruncated>${
    rest.length > pageSize ? `<NextContinuationToken>${page.at(-1)}</NextContinuationToken>` : ''
  }${page.map((key) => `<Contents><Key>${key}</Key></Contents>`).join('')}</ListBucketResult>`;
}
