/** A proxy on loopback that knows CONNECT and nothing else, as those of companies do for https. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { onTestFinished } from 'vitest';

export interface ConnectProxy {
  readonly address: string;
  /** Whom it was asked for, as `host:port`. */
  readonly asked: readonly string[];
}

/** @param portOf where a host is in truth, on loopback. A number of three digits refuses with that status. */
export async function connectProxy(portOf: (host: string) => number): Promise<ConnectProxy> {
  const asked: string[] = [];
  const server = createServer((_, response) => response.writeHead(501).end());
  server.on('connect', ({ url = '' }, socket) => {
    asked.push(url);
    const port = portOf(url);
    socket.on('error', () => {});
    if (port < 1000) {
      socket.end(`HTTP/1.1 ${port} No\r\n\r\n`);
      return;
    }
    const onward = connect(port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      socket.pipe(onward).pipe(socket);
    }).on('error', () => socket.destroy());
    socket.on('close', () => onward.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}
