/**
 * What stands where in JSON: the elements of an array and the members of an object, by one pass over the text. So a row
 * can be kept exactly as it was sent, with numbers past 2^53, trailing zeros and escapes, which no parser's values can.
 *
 * All of this is for text that `JSON.parse` has taken: then a bracket outside of a string opens or closes a level.
 */

/** From where to where in the text. */
export type Span = readonly [start: number, end: number];

export interface MemberSpan {
  /** With its quotes. */
  readonly name: Span;
  readonly value: Span;
}

const codeOf = (character: string): number => character.charCodeAt(0);
const [quote, backslash, comma, colon] = [codeOf('"'), codeOf('\\'), codeOf(','), codeOf(':')];
const [bracket, brace, endBracket, endBrace] = [codeOf('['), codeOf('{'), codeOf(']'), codeOf('}')];
const opens = (code: number): boolean => code === bracket || code === brace;
const closes = (code: number): boolean => code === endBracket || code === endBrace;

/** @param span of an array, from its bracket to its bracket. */
export function elementSpans(text: string, span: Span = [0, text.length]): Span[] {
  return partsOf(text, span).map(([start, , end]) => trimmed(text, start, end));
}

/** In the order of the text, also those of a name that stands twice. @param span of an object, from brace to brace. */
export function memberSpans(text: string, span: Span = [0, text.length]): MemberSpan[] {
  return partsOf(text, span).map(([start, between, end]) => ({
    name: trimmed(text, start, between),
    value: trimmed(text, between + 1, end),
  }));
}

/** Whether brackets are nested in more levels than that. */
export function isDeeperThan(text: string, levels: number): boolean {
  let depth = 0;
  return hasMark(text, [0, text.length], (code) => {
    if (opens(code)) depth += 1;
    if (closes(code)) depth -= 1;
    return depth > levels;
  });
}

/** What the commas of the outermost level part, and where in it the first colon of that level is. */
function partsOf(text: string, span: Span): (readonly [start: number, between: number, end: number])[] {
  const parts: (readonly [number, number, number])[] = [];
  let [depth, start, between] = [0, 0, 0];
  hasMark(text, span, (code, at) => {
    if (opens(code)) depth += 1;
    if (depth === 1) {
      if (code === colon) between = at;
      else if (code === comma || closes(code)) {
        // An empty array or object has no part.
        if (code === comma || parts.length > 0 || !isEmpty(trimmed(text, start, at)))
          parts.push([start, between, at]);
        start = at + 1;
      } else start = at + 1;
    }
    if (closes(code)) depth -= 1;
    return false;
  });
  return parts;
}

/** Asks about each bracket, comma and colon outside of strings, up to the first that is meant. */
function hasMark(text: string, [from, to]: Span, isMeant: (code: number, at: number) => boolean): boolean {
  for (let at = from; at < to; at += 1) {
    const code = text.charCodeAt(at);
    if (code === quote) at = endOfString(text, at);
    else if (code === comma || code === colon || opens(code) || closes(code)) {
      if (isMeant(code, at)) return true;
    }
  }
  return false;
}

/** Where the quote is that ends the string. */
function endOfString(text: string, start: number): number {
  for (let at = start + 1; ; at += 1) {
    at = text.indexOf('"', at);
    let slashes = 0;
    while (text.charCodeAt(at - 1 - slashes) === backslash) slashes += 1;
    if (slashes % 2 === 0) return at;
  }
}

const [space, tab, newline, carriageReturn] = [codeOf(' '), codeOf('\t'), codeOf('\n'), codeOf('\r')];
const isBlank = (code: number): boolean =>
  code === space || code === tab || code === newline || code === carriageReturn;

function trimmed(text: string, from: number, to: number): Span {
  let [start, end] = [from, to];
  while (start < end && isBlank(text.charCodeAt(start))) start += 1;
  while (end > start && isBlank(text.charCodeAt(end - 1))) end -= 1;
  return [start, end];
}

const isEmpty = ([start, end]: Span): boolean => start === end;
