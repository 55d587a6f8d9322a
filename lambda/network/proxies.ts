/**
 * The proxies of a company's network: HTTPS_PROXY, HTTP_PROXY and NO_PROXY, as other programs read them. Node heeds
 * them only where it is told to. Loopback never goes through one: nobody there could reach this machine.
 */
// As a whole: an import by name of what an older Node 24 lacks would keep the program from starting at all.
import http, { type ProxyEnv } from 'node:http';
import { BadProxy } from '../errors/bad-proxy.ts';

type Environment = Readonly<Record<string, string | undefined>>;

export interface Proxies extends ProxyEnv {
  readonly HTTPS_PROXY?: string;
  readonly HTTP_PROXY?: string;
  readonly NO_PROXY: string;
}

/** Undici knows an address of version 6 without its brackets, Node's agents with them. */
const loopback = ['localhost', '127.0.0.1', '::1', '[::1]'];

/**
 * @param direct hosts that are reached without a proxy, beside loopback and those of NO_PROXY.
 * @returns undefined: there are none. @throws {BadProxy}
 */
export function proxiesOf(environment: Environment, direct: readonly string[] = []): Proxies | undefined {
  const forHttps = proxyIn(environment, 'HTTPS_PROXY');
  const forHttp = proxyIn(environment, 'HTTP_PROXY');
  if (forHttps === undefined && forHttp === undefined) return undefined;
  const without = settingOf(environment, 'NO_PROXY');
  return {
    ...(forHttps === undefined ? {} : { HTTPS_PROXY: forHttps }),
    ...(forHttp === undefined ? {} : { HTTP_PROXY: forHttp }),
    NO_PROXY: [...loopback, ...direct, ...(without === '' ? [] : [without])].join(','),
  };
}

/** From now on all requests of this process go through them, but for those of clients with agents of their own. */
export function goThrough(proxies: Proxies | undefined): void {
  if (!proxies) return;
  if (typeof http.setGlobalProxyFromEnv !== 'function')
    throw new BadProxy(
      `HTTPS_PROXY and HTTP_PROXY need Node 24.14 or later, and ${process.version} runs this.`,
    );
  http.setGlobalProxyFromEnv(proxies);
}

/** The small spelling goes first, as with curl. */
const settingOf = (environment: Environment, name: string): string =>
  (environment[name.toLowerCase()] ?? environment[name] ?? '').trim();

/** What is wrong with it is said without it: a proxy's address may hold a password. */
function proxyIn(environment: Environment, name: 'HTTPS_PROXY' | 'HTTP_PROXY'): string | undefined {
  const value = settingOf(environment, name);
  if (value === '') return undefined;
  const url = URL.parse(/^[a-z][a-z\d+.-]*:\/\//i.test(value) ? value : `http://${value}`);
  // Node takes no more of an address than this, and quotes for a part of the host.
  const isAddress = url !== null && /^[^"']+$/.test(url.hostname);
  // Of a protocol that is none of the web's, a URL has no path.
  if (!isAddress || `${url.pathname}${url.search}${url.hash}`.replace(/^\/$/, '') !== '')
    throw new BadProxy(`${name} is no address of a proxy: it looks like http://proxy.example:8080.`);
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw new BadProxy(
      `${name} names a proxy of ${url.protocol}//, and only http:// and https:// can be used.`,
    );
  return url.href;
}
