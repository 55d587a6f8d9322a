import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { type AddressInfo, connect } from 'node:net';
import { join } from 'node:path';
import { createServer } from 'node:tls';
import { describe, expect, onTestFinished } from 'vitest';
import { connectProxy } from '../lambda/network/connect-proxy.ts';
import { test } from './export.ts';
import { syncs, worldOf } from './workspace.ts';

const host = 'rest.fra-01.braze.eu';
const endpoint = `https://${host}`;
const world = worldOf({ a: syncs(23) });
const hasOpenssl = spawnSync('openssl', ['version']).status === 0;

/** What answers as that host, with a certificate that a company has signed, and sends all on to that port. */
async function disguised(
  port: number,
  folder: string,
): Promise<{ readonly port: number; readonly authority: string }> {
  const [key, authority] = [join(folder, 'key.pem'), join(folder, 'authority.pem')];
  const made = spawnSync('openssl', [
    ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'],
    ...['-keyout', key, '-out', authority, '-subj', `/CN=${host}`, '-addext', `subjectAltName=DNS:${host}`],
  ]);
  expect(made.status, String(made.stderr)).toBe(0);
  const server = createServer({ key: readFileSync(key), cert: readFileSync(authority) }, (socket) => {
    const onward = connect(port, '127.0.0.1').on('error', () => socket.destroy());
    socket.on('error', () => onward.destroy());
    socket.pipe(onward).pipe(socket);
  }).on('tlsClientError', () => {});
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return { port: (server.address() as AddressInfo).port, authority };
}

describe('in a company’s network', () => {
  test.skipIf(!hasOpenssl)(
    'an export goes through HTTPS_PROXY, and takes the company’s certificate',
    async ({ lab }) => {
      const server = await lab.serve({ world });
      const { port, authority } = await disguised(Number(new URL(server.endpoint).port), lab.root);
      const proxy = await connectProxy(() => port);
      const environment = { HTTPS_PROXY: proxy.address, NO_PROXY: '' };

      const distrusted = await lab.export({ endpoint }, [], { environment, impatient: true });
      expect(distrusted.code).toBe(1);
      expect(distrusted.stderr).toContain('its certificate is not accepted (DEPTH_ZERO_SELF_SIGNED_CERT)');
      expect(distrusted.stderr).toContain('NODE_EXTRA_CA_CERTS');

      const { code, receipt } = await lab.export({ endpoint }, [], {
        environment: { ...environment, NODE_EXTRA_CA_CERTS: authority },
      });
      expect([code, receipt?.rows.new]).toEqual([0, 23]);
      expect(new Set(proxy.asked)).toEqual(new Set([`${host}:443`]));
    },
  );

  test('loopback goes past every proxy', async ({ lab }) => {
    const server = await lab.serve({ world });
    const proxy = await connectProxy(() => 503);
    const environment = { HTTPS_PROXY: proxy.address, HTTP_PROXY: proxy.address, NO_PROXY: '' };
    expect((await lab.export(server, [], { environment })).code).toBe(0);
    // The rest of loopback as well, where nobody listens here.
    const other = { endpoint: server.endpoint.replace('127.0.0.1', '127.7.7.7') };
    const { stderr } = await lab.export(other, [], { environment, impatient: true });
    expect(stderr).toContain('no connection to 127.7.7.7:');
    expect(proxy.asked).toEqual([]);
  });

  test.for([
    [407, 'the proxy answers 407: it wants a name and a password'],
    [403, 'the proxy answers 403.'],
  ] as const)('that the proxy refuses with %i is told as that', async ([status, words], { lab }) => {
    const proxy = await connectProxy(() => status);
    const environment = { HTTPS_PROXY: proxy.address, NO_PROXY: '' };
    const { code, stderr } = await lab.export({ endpoint }, [], { environment, impatient: true });
    expect([code, stderr]).toEqual([1, expect.stringContaining(words)]);
  });

  test('what was set to go past the proxy is not said to go through it', async ({ lab }) => {
    const proxy = await connectProxy(() => 503);
    // This machine, by an address that is none of loopback's; nobody listens at that port.
    const past = '0.0.0.0';
    const environment = { HTTPS_PROXY: proxy.address, NO_PROXY: past };
    const { stderr } = await lab.export({ endpoint: `https://${past}:4` }, [], {
      environment,
      impatient: true,
    });
    expect(stderr).toContain('the connection was refused; unless NO_PROXY names this host, it goes through');
    expect(proxy.asked).toEqual([]);
  });

  test('a proxy of which nothing can be made is wrong use, and not repeated', async ({ lab }) => {
    const environment = { HTTPS_PROXY: 'socks5://user:secret@proxy.example' };
    const { code, stderr } = await lab.export({ endpoint }, [], { environment });
    expect([code, stderr]).toEqual([
      2,
      expect.stringContaining('Error: HTTPS_PROXY names a proxy of socks5://'),
    ]);
    expect(stderr).not.toContain('secret');
  });
});
