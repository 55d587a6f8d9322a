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

/** This machine. */
export function isLoopback({ hostname }: URL): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}
