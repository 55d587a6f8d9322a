/** The one place where text becomes HTML. Whatever is not {@link Markup} is text, and stays text. */

/** HTML that may stand in the page as it is. */
export class Markup {
  readonly source: string;

  /** @param source made by this program: never holds what came from outside, unless it went through `html`. */
  constructor(source: string) {
    this.source = source;
  }
}

export type Content = Markup | string | number | bigint | null | undefined | false | readonly Content[];

/** Every value within is escaped, for text and for attributes in double quotes alike; nothing and `false` are left out. */
export function html(pieces: TemplateStringsArray, ...contents: readonly Content[]): Markup {
  return new Markup(pieces.map((piece, index) => piece + sourceOf(contents[index])).join(''));
}

function sourceOf(content: Content): string {
  if (content === null || content === undefined || content === false) return '';
  if (content instanceof Markup) return content.source;
  if (typeof content === 'object') return content.map(sourceOf).join('');
  return escaped(String(content));
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/**
 * Control characters are no text in HTML, and those that turn the direction of writing could make a name read
 * as another one: both are shown as what they are.
 */
const invisible = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]/gu;

function escaped(text: string): string {
  return text
    .toWellFormed()
    .replace(invisible, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .replace(/[&<>"']/g, (character) => entities[character] ?? '');
}

/** What a reader of it sees. Tags are this program's own; what came from outside stands in entities. */
export const plainText = ({ source }: Markup): string =>
  Object.entries(entities).reduceRight(
    (text, [character, entity]) => text.replaceAll(entity, character),
    source.replace(/<[^>]*>/g, ''),
  );
