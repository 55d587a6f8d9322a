import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { LocalAwsFailure } from './local-aws-failure.ts';

/**
 * A port of loopback that nobody listens on.
 * @param wanted 0: any
 * @throws {LocalAwsFailure} where the wanted one is taken: what answers there would be mistaken for one's own.
 */
export async function freePort(wanted = 0): Promise<number> {
  const server = createServer().listen(wanted, '127.0.0.1');
  await once(server, 'listening').catch(({ code }) => {
    throw new LocalAwsFailure(
      `Port ${wanted} can't be used (${code}): choose another, or 0 for any that is free.`,
    );
  });
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
