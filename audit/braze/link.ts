/**
 * The cursor of the next page in a `Link` header. The documented target is malformed, and following it could send the
 * key to another host: only its cursor is taken.
 */
const link = /<([^>]*)>((?:\s*;\s*[\w*-]+\s*=\s*(?:"[^"]*"|[^\s,;"]+))*)/g;

export function nextCursor(header: string | null): string | undefined {
  for (const [, target = '', parameters = ''] of (header ?? '').matchAll(link)) {
    const [, quoted, bare] = /;\s*rel\s*=\s*(?:"([^"]*)"|([^\s,;"]+))/i.exec(parameters) ?? [];
    const relations = (quoted ?? bare ?? '').toLowerCase().split(/\s+/);
    if (!relations.includes('next')) continue;
    // A `+` is one: the cursor is base64, and nobody has escaped it.
    const [, cursor] = /[?&]cursor=([^&#]*)/.exec(target) ?? [];
    if (cursor) return decoded(cursor);
  }
  return undefined;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
