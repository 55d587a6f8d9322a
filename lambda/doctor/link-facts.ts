/** How the Link header is written: which of the forms that are known, and its shape without what is somebody's. */

export type LinkForm = 'documented' | 'relative' | 'absolute' | 'foreign' | 'spaced' | 'hostile';

/** @param origin of the endpoint. */
export function formOfLink(header: string, origin: string): LinkForm {
  const targets = [...header.matchAll(/<([^>]*)>\s*;\s*rel="(?:prev|next)"/g)].map(
    ([, target = '']) => target,
  );
  const bare = header.replaceAll(/<[^>]*>\s*;\s*rel="(?:prev|next)"/g, '');
  if (!/^[\s,]*$/.test(bare)) return 'hostile';
  if (targets.some((target) => /^[a-z]+:\/\//i.test(target)))
    return targets.every((target) => target.startsWith(`${origin}/`)) ? 'absolute' : 'foreign';
  if (/\s,/.test(bare)) return 'spaced';
  if (targets.some((target) => /^\/cdi\/integrations[^/?]/.test(target))) return 'documented';
  return 'relative';
}

/** Whether the cursor of a link is percent-encoded; undefined where it holds nothing that would have to be. */
export function isEscaped(header: string): boolean | undefined {
  const cursors = [...header.matchAll(/[?&]cursor=([^>&#]*)/g)].map(([, cursor = '']) => cursor);
  if (cursors.some((cursor) => /%(3D|2B|2F)/i.test(cursor))) return true;
  return cursors.some((cursor) => /[=+/]/.test(cursor)) ? false : undefined;
}

const known = new Set(
  'id cdi integrations job_sync_status cursor rel prev next first last http https title type media hreflang'.split(
    ' ',
  ),
);

/** Every other word becomes an `a`; an id that follows without a slash, `{id}`. */
export function shapeOfLink(header: string): string {
  return header
    .replaceAll(/([?&]cursor=)[^>&#]*/g, '$1a')
    .replaceAll(/(\/cdi\/integrations)[^/?>]+/g, '$1{id}')
    .replaceAll(/[\p{L}\p{N}_.%~-]+/gu, (word) => (known.has(word.toLowerCase()) ? word : 'a'))
    .slice(0, 400);
}
