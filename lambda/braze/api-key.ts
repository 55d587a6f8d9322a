/** What can be a REST API key, told before it is sent anywhere: the HTTP client's own error would quote it. */

/** What is wrong with it, as the rest of a sentence that begins with where it stands; undefined where nothing is. */
export function apiKeyFault(key: string): string | undefined {
  const text = key.trim();
  if (text === '') return 'is empty';
  if (/^["']|["']$/.test(text)) return 'has quotes around it';
  if (text.startsWith('{')) return 'is JSON, not the key alone';
  if (!/^[\x21-\x7e]+$/.test(text)) return 'holds a space or a character that no key has';
  return undefined;
}
