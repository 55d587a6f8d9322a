/** HTTPS_PROXY, HTTP_PROXY and NO_PROXY, which Node heeds only where it is told to. Loopback goes past them. */
// As a whole: an import by name of what an older Node 24 lacks would keep the program from starting at all.
import http from 'node:http';
import type { Environment } from '../command-line.ts';
import { WrongUse } from '../wrong-use.ts';

const loopback = 'localhost,127.0.0.1,::1,[::1]';

/** From now on requests of this process go through them. @param endpoint past them where it is on this machine. @throws {WrongUse} */
export function goThroughProxies(environment: Environment, { protocol, hostname }: URL): void {
  const proxies = {
    ...proxyIn(environment, 'HTTPS_PROXY'),
    ...proxyIn(environment, 'HTTP_PROXY'),
  };
  if (Object.keys(proxies).length === 0) return;
  if (typeof http.setGlobalProxyFromEnv !== 'function')
    throw new WrongUse(
      `HTTPS_PROXY and HTTP_PROXY need Node 24.14 or later, and ${process.version} runs this`,
    );
  const without = settingOf(environment, 'NO_PROXY');
  // Only on this machine it may be http.
  const here = protocol === 'http:' ? [hostname] : [];
  http.setGlobalProxyFromEnv({
    ...proxies,
    NO_PROXY: [loopback, ...here, ...(without === '' ? [] : [without])].join(','),
  });
}

/** The small spelling goes first, as with curl. */
const settingOf = (environment: Environment, name: string): string =>
  (environment[name.toLowerCase()] ?? environment[name] ?? '').trim();

/** Its address may hold a password, and is not repeated. */
function proxyIn(
  environment: Environment,
  name: 'HTTPS_PROXY' | 'HTTP_PROXY',
): { [variable: string]: string } {
  const value = settingOf(environment, name);
  if (value === '') return {};
  const url = URL.parse(value.includes('://') ? value : `http://${value}`);
  // Node takes no more of an address than this, and quotes for a part of the host.
  const isAddress = /^https?:\/\/([^/]*@)?[^"'/?#@]+\/$/.test(url?.href ?? '');
  if (!url || !isAddress)
    throw new WrongUse(`${name} is no address of a proxy: it looks like http://proxy.example:8080`);
  return { [name]: url.href };
}
