/** Stands between an AWS SDK client and the local AWS, and does to single requests what a network may do. */
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { commit, type Fault } from './proxied-fault.ts';
import { Target } from './proxy-target.ts';

export interface ProxiedRequest {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  /** The operation, where it stands in a header: `DynamoDB_20120810.PutItem`. */
  readonly target?: string;
}

export interface FaultProxy {
  readonly endpoint: string;
  /** All that came, in the order of arrival. */
  readonly requests: readonly ProxiedRequest[];
  /** Decides from now on what becomes of each request; undefined forwards it. */
  fail(next: (request: ProxiedRequest) => Fault | undefined): void;
  /** Ends everything at once, hanging answers too. */
  close(): Promise<void>;
}

/** @param target such as `http://127.0.0.1:4600`. */
export async function startFaultProxy(target: string): Promise<FaultProxy> {
  const requests: ProxiedRequest[] = [];
  let decide: (request: ProxiedRequest) => Fault | undefined = () => undefined;
  const upstream = new Target(target);

  const server = createServer((request, response) => {
    const proxied = describe(request);
    requests.push(proxied);
    // A client that has gone is no concern of the proxy's.
    response.on('error', () => {});
    request.on('error', () => {});
    const fault = decide(proxied);
    commit(fault, request, response, upstream).catch(() => response.socket?.resetAndDestroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    fail: (next) => {
      decide = next;
    },
    close: async () => {
      server.close();
      server.closeAllConnections();
      upstream.close();
      await once(server, 'close');
    },
  };
}

function describe({ method = 'GET', url = '/', headers }: IncomingMessage): ProxiedRequest {
  const target = headers['x-amz-target'];
  return { method, path: url, headers, ...(typeof target === 'string' ? { target } : {}) };
}
