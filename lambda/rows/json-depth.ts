/**
 * How deep JSON is nested, and what stands where in an array, read with a loop: the parser that gives the places
 * calls itself for each level, and a single hostile row must not keep its whole page from being read.
 *
 * All of this is for text that `JSON.parse` has taken: then a bracket outside of a string opens or closes a level.
 */

/** Rows are flat. One with more levels than this is not looked into. */
export const maxDepth = 500;

/** From where to where in the text. */
export type Span = readonly [start: number, end: number];

export function isTooDeep(text: string, levels = maxDepth): boolean {
  // Each level takes two brackets: nearly every row is too short for so many, and a day has tens of thousands.
  if (text.length <= 2 * levels) return false;
  // And a page is long, but has few brackets, also with those in strings.
  if (!hasMoreBrackets(text, levels)) return false;
  let depth = 0;
  for (const { character } of marks(text)) {
    if (character === '[' || character === '{') depth += 1;
    if (character === ']' || character === '}') depth -= 1;
    if (depth > levels) return true;
  }
  return false;
}

function hasMoreBrackets(text: string, levels: number): boolean {
  let brackets = 0;
  for (const bracket of ['[', '{']) {
    for (let at = text.indexOf(bracket); at >= 0; at = text.indexOf(bracket, at + 1)) {
      brackets += 1;
      if (brackets > levels) return true;
    }
  }
  return false;
}

/** Where the elements of the array stand that is the whole text. */
export function elementSpans(text: string): Span[] {
  return partsOf(text).filter(([start, end]) => end > start);
}

/** Where the value of a member stands in the object that is the whole text; of a name that stands twice, the last. */
export function memberSpan(text: string, name: string): Span | undefined {
  let found: Span | undefined;
  for (const [start, end] of partsOf(text)) {
    const [, key = ''] = /^("[^"\\]*(?:\\.[^"\\]*)*")\s*:/s.exec(text.slice(start, end)) ?? [];
    if (key === '' || JSON.parse(key) !== name) continue;
    const from = start + text.slice(start, end).indexOf(':', key.length) + 1;
    found = trimmed(text, from, end);
  }
  return found;
}

/** What the commas of the outermost level part. */
function partsOf(text: string): Span[] {
  const parts: Span[] = [];
  let depth = 0;
  let from = 0;
  for (const { character, at } of marks(text)) {
    const opens = character === '[' || character === '{';
    const closes = character === ']' || character === '}';
    if (opens) depth += 1;
    if (opens && depth === 1) from = at + 1;
    if (depth === 1 && (closes || character === ',')) {
      parts.push(trimmed(text, from, at));
      from = at + 1;
    }
    if (closes) depth -= 1;
  }
  return parts;
}

function trimmed(text: string, from: number, to: number): Span {
  let [start, end] = [from, to];
  while (start < end && isBlank(text, start)) start += 1;
  while (end > start && isBlank(text, end - 1)) end -= 1;
  return [start, end];
}

function isBlank(text: string, at: number): boolean {
  return ' \t\n\r'.includes(text[at] ?? '');
}

/** The brackets and commas outside of strings. */
function* marks(text: string): Generator<{ readonly character: string; readonly at: number }> {
  let isInString = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at] ?? '';
    if (isInString) {
      if (character === '\\') at += 1;
      else if (character === '"') isInString = false;
    } else if (character === '"') isInString = true;
    else if ('[]{},'.includes(character)) yield { character, at };
  }
}
