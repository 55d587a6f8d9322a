/** Names and reasons come from elsewhere: what may stand in a line that people read. */

/** Without line breaks and control characters. */
export const oneLine = (text: string): string => text.replace(/[\s\p{Cc}]+/gu, ' ').trim();

/** At most so many UTF-16 units, an ellipsis included; no surrogate pair is cut in two. */
export function shortened(text: string, longest: number): string {
  if (text.length <= longest) return text;
  return `${text.slice(0, longest - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}

/** Printable ASCII alone: accents are left out, and what has no likeness becomes a question mark. */
export const asciiOnly = (text: string): string =>
  oneLine(text)
    .replaceAll('…', '...')
    .replace(/[·–—]/g, '-')
    .replace(/[“”„]/g, '"')
    .replace(/[‘’‚]/g, "'")
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^\x20-\x7e]/gu, '?');

/** What a chat app would take for a link, a mention or a call to everybody. */
export const harmlessInChat = (text: string): string =>
  text
    .replaceAll('<', '‹')
    .replaceAll('>', '›')
    .replace(/@(?=\w)/g, '@\u200b');
