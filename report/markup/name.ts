/** Names and other texts from outside, of any length and in any script. */
import { html, type Markup } from './html.ts';

/** In code points: more of a name tells nothing on a line of a table. */
const longest = 72;
/** More than that is no name that anybody reads, also where there is room. */
const longestWhole = 8000;

export const isLong = (text: string): boolean => text.length > longest && [...text].length > longest;

export function cut(text: string, limit: number = longest): string {
  if (text.length <= limit) return text;
  const characters = [...text];
  return characters.length > limit ? `${characters.slice(0, limit - 1).join('')}…` : text;
}

/** Its own direction of writing does not spill over into what stands beside it. */
export const nameOf = (text: string): Markup => html`<bdi>${cut(text)}</bdi>`;

export const wholeName = (text: string): Markup => html`<bdi>${cut(text, longestWhole)}</bdi>`;
