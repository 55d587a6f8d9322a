import http from 'node:http';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { s3Client } from '../../../lambda/aws/clients.ts';
import { BadProxy } from '../../../lambda/errors/bad-proxy.ts';
import { goThrough, proxiesOf } from '../../../lambda/network/proxies.ts';
import { connectProxy } from './connect-proxy.ts';

const loopback = 'localhost,127.0.0.1,::1,[::1]';

describe('the proxies of the environment', () => {
  test.each([{}, { HTTPS_PROXY: '', http_proxy: ' ' }, { NO_PROXY: '*' }])('%j has none', (environment) => {
    expect(proxiesOf(environment)).toBeUndefined();
  });

  test('are those of the usual variables, the small spelling first; loopback is never among what they are for', () => {
    const environment = {
      HTTPS_PROXY: 'http://other.example',
      https_proxy: 'proxy.example:8080',
      HTTP_PROXY: 'https://user:word@proxy.example',
      no_proxy: '.internal.example',
    };
    expect(proxiesOf(environment, ['127.8.0.1'])).toEqual({
      HTTPS_PROXY: 'http://proxy.example:8080/',
      HTTP_PROXY: 'https://user:word@proxy.example/',
      NO_PROXY: `${loopback},127.8.0.1,.internal.example`,
    });
    expect(proxiesOf({ HTTPS_PROXY: 'http://proxy.example' })).toEqual({
      HTTPS_PROXY: 'http://proxy.example/',
      NO_PROXY: loopback,
    });
  });

  test.each([
    'socks5://user:secret@proxy.example',
    'http://',
    'user:secret@',
    '"http://user:secret@proxy.example:8080"',
    '"http://proxy.example:8080"',
    "'http://proxy.example'",
    '"proxy.example"',
    'http://user:secret@proxy.example:8080/path',
    'http://proxy.example?secret',
    'http://proxy.example#secret',
  ])('P12: %s is refused in a sentence that does not repeat it', (address) => {
    const read = () => proxiesOf({ HTTPS_PROXY: address });
    expect(read).toThrow(BadProxy);
    expect(read).toThrow(/^HTTPS_PROXY [^@]+\.$/);
    expect(read).not.toThrow(/secret/);
  });
});

describe('a Node that can not go through them', () => {
  test('is told, where there are some', () => {
    const { setGlobalProxyFromEnv } = http;
    onTestFinished(() => void Object.assign(http, { setGlobalProxyFromEnv }));
    Object.assign(http, { setGlobalProxyFromEnv: undefined });
    expect(() => goThrough(undefined)).not.toThrow();
    expect(() => goThrough(proxiesOf({ HTTPS_PROXY: 'http://proxy.example' }))).toThrow(/need Node 24\.14/);
  });
});

describe('a client of AWS', () => {
  afterEach(() => vi.unstubAllEnvs());

  test('asks the proxy for its host', async () => {
    const proxy = await connectProxy(() => 503);
    vi.stubEnv('HTTPS_PROXY', proxy.address);
    vi.stubEnv('NO_PROXY', '');
    const credentials = { accessKeyId: 'a', secretAccessKey: 'b' };
    const client = s3Client({ region: 'eu-central-1', credentials, maxAttempts: 1 });
    await expect(client.send(new GetObjectCommand({ Bucket: 'lake', Key: 'a' }))).rejects.toThrow();
    expect(proxy.asked).toEqual(['lake.s3.eu-central-1.amazonaws.com:443']);
    client.destroy();
  });
});
