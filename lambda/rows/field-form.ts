/** What a value looks like, for a sentence that must not tell it: it may be a user's. */
const maxCharacters = 40;

/** @param source JSON, as it was received: `"31.12.2025"` has the form `"99.99.9999"`. */
export function formOf(source: string): string {
  const form = source
    .slice(0, maxCharacters)
    .replace(/\p{Nd}/gu, '9')
    .replace(/\p{L}/gu, 'a')
    .replace(/[^9a "'.,:;/+_[\]{}()-]/gu, '?');
  return source.length > maxCharacters ? `${form}…` : form;
}
