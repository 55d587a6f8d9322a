import type { Sourced } from '../../../lambda/rows/json-source.ts';

/** A whole document as one value. */
export function parseSourced(text: string): Sourced {
  JSON.parse(text);
  return { text: text.trim() };
}
