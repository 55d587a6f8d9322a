/** As much of S3 as reading a lake takes: lists in pages, and objects. */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { S3Client } from '@aws-sdk/client-s3';
import { onTestFinished } from 'vitest';
import { filesBelow } from '../local/stores/scratch.ts';

export interface BucketServer {
  readonly client: S3Client;
  /** Keys of the objects that were read. */
  readonly read: string[];
}

/** @param refusal answers everything with this error code of S3. */
export async function bucketServer(lake: string, refusal?: string): Promise<BucketServer> {
  const read: string[] = [];
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '', 'http://s3');
    if (refusal) {
      response.writeHead(refusal === 'NoSuchBucket' ? 404 : 403, { 'content-type': 'application/xml' });
      response.end(`<Error><Code>${refusal}</Code><Message>no</Message></Error>`);
    } else if (url.searchParams.has('list-type')) {
      response.setHeader('content-type', 'application/xml');
      response.end(listed(filesBelow(lake), url.searchParams));
    } else {
      const key = decodeURIComponent(url.pathname.split('/').slice(2).join('/'));
      read.push(key);
      response.end(readFileSync(join(lake, key)));
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const client = new S3Client({
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    region: 'eu-central-1',
    forcePathStyle: true,
    maxAttempts: 1,
    credentials: { accessKeyId: 'id', secretAccessKey: 'secret' },
  });
  onTestFinished(() => {
    client.destroy();
    server.close();
  });
  return { client, read };
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
