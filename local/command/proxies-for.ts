import { isLoopback } from '../../lambda/braze/endpoint.ts';
import { BadProxy } from '../../lambda/errors/bad-proxy.ts';
import { type Proxies, proxiesOf } from '../../lambda/network/proxies.ts';
import type { Environment } from './swallowed-options.ts';

/** The proxies of the environment, or what is wrong with them, as a sentence without its full stop. @param endpoint as it was written. */
export function proxiesFor(
  endpoint: unknown,
  environment: Environment,
): { readonly proxies: Proxies | undefined } | { readonly fault: string } {
  const url = typeof endpoint === 'string' ? URL.parse(endpoint) : null;
  try {
    return { proxies: proxiesOf(environment, url && isLoopback(url) ? [url.hostname] : []) };
  } catch (error) {
    if (!(error instanceof BadProxy)) throw error;
    return { fault: error.message.replace(/\.$/, '') };
  }
}
