/** Which base URLs are taken for a Braze instance. The same rule holds locally and in the stack. */

/** What is wrong with it, as the rest of a sentence that begins with its name; undefined where nothing is. */
export function endpointFault(text: string): string | undefined {
  const url = URL.parse(text);
  if (!url) return 'must be a URL, such as https://rest.fra-01.braze.eu';
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(url))) {
    return 'must begin with https:// (http:// on this machine only)';
  }
  if (url.username || url.password) return 'must not hold a user or password: the key is given apart from it';
  if (url.search || url.hash) return 'must not hold a query or fragment';
  return undefined;
}

/** New instances appear: the form counts, not a list. */
export function isBraze({ hostname }: URL): boolean {
  return /^rest\.[a-z0-9-]+\.braze\.(com|eu)$/.test(hostname);
}

/** What everybody has in the browser: it answers with pages for people. */
export function isDashboard({ hostname }: URL): boolean {
  return /^dashboard(-[a-z0-9]+)*\.braze\.(com|eu)$/.test(hostname);
}

/**
 * A sentence on a host that is not Braze's: it is used all the same, since somebody may have a proxy in front of it, or
 * the simulator. Undefined: it is Braze's.
 */
export function foreignHost(endpoint: URL): string | undefined {
  if (isBraze(endpoint)) return undefined;
  return isDashboard(endpoint)
    ? `${endpoint.host} is Braze's dashboard; the REST API has an address of its own, such as https://rest.fra-01.braze.eu.`
    : `${endpoint.host} is not a host of Braze; it is used all the same.`;
}

/** This machine. */
export function isLoopback({ hostname }: URL): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}
