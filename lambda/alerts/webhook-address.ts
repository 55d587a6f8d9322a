/** The rule for the address of a webhook. It is a secret: whoever knows it can write into the channel. */

/** What is wrong with it, as the rest of a sentence that does not repeat it; undefined where nothing is. */
export function webhookFault(text: string): string | undefined {
  const url = URL.parse(text.trim());
  if (!url || !/^https?:$/.test(url.protocol)) return 'must be a URL that begins with https:// or http://';
  if (url.username || url.password) return 'must not hold a user or password in front of the host';
  return undefined;
}
