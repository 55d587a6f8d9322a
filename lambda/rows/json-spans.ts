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

/** @param text an array, and nothing else. */
export const elementSpans = (text: string): Span[] =>
  partsOf(text, isOutermost).map(({ start, end }) => trimmed(text, start, end));

/** In the order of the text, also those of a name that stands twice. @param text an object, and nothing else. */
export const memberSpans = (text: string): MemberSpan[] =>
  partsOf(text, isOutermost).map((part) => memberOf(text, part));

/** The members of each object at any depth. Those of one object are in the order of the text; inner objects come first. */
export function membersOfObjects(text: string): MemberSpan[][] {
  const inObjects = partsOf(text, ({ opened }) => text.charCodeAt(opened) === brace);
  const objects = [...Map.groupBy(inObjects, ({ opened }) => opened).values()];
  return objects.map((parts) => parts.map((part) => memberOf(text, part)));
}

/** Whether brackets are nested in more levels than that. */
export function isDeeperThan(text: string, levels: number): boolean {
  let depth = 0;
  let deepest = 0;
  forEachMark(text, (code) => {
    if (opens(code)) depth += 1;
    if (closes(code)) depth -= 1;
    deepest = Math.max(deepest, depth);
  });
  return deepest > levels;
}

/** What commas part, in an array or an object. */
interface Part {
  /** Where the bracket stands that it is in. */
  readonly opened: number;
  readonly start: number;
  /** Where the colon stands, in an object. */
  readonly colon: number;
  readonly end: number;
}

/** An array or object that is not closed yet. */
interface Level {
  readonly opened: number;
  readonly depth: number;
  /** Of the part that is being read. */
  start: number;
  colon: number;
  isEmpty: boolean;
}

const isOutermost = ({ depth }: Level): boolean => depth === 1;

/** @param isWanted of which arrays and objects. */
function partsOf(text: string, isWanted: (level: Level) => boolean): Part[] {
  const parts: Part[] = [];
  const open: Level[] = [];
  forEachMark(text, (code, at) => {
    if (opens(code)) {
      open.push({ opened: at, depth: open.length + 1, start: at + 1, colon: at, isEmpty: true });
      return;
    }
    const level = open.at(-1);
    if (!level) return;
    if (code === colon) {
      level.colon = at;
      return;
    }
    const isLast = closes(code);
    const { opened, start, colon: between } = level;
    // Between the brackets of an empty array or object there is no part.
    const isPart = !isLast || !level.isEmpty || !isBlank(text, start, at);
    if (isPart && isWanted(level)) parts.push({ opened, start, colon: between, end: at });
    level.start = at + 1;
    level.isEmpty = false;
    if (isLast) open.pop();
  });
  return parts;
}

const memberOf = (text: string, { start, colon: between, end }: Part): MemberSpan => ({
  name: trimmed(text, start, between),
  value: trimmed(text, between + 1, end),
});

const codeOf = (character: string): number => character.charCodeAt(0);
const [quote, backslash, comma, colon] = [codeOf('"'), codeOf('\\'), codeOf(','), codeOf(':')];
const [bracket, brace, endBracket, endBrace] = [codeOf('['), codeOf('{'), codeOf(']'), codeOf('}')];
const opens = (code: number): boolean => code === bracket || code === brace;
const closes = (code: number): boolean => code === endBracket || code === endBrace;

/** The brackets, commas and colons outside of strings. */
function forEachMark(text: string, take: (code: number, at: number) => void): void {
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === quote) at = endOfString(text, at);
    else if (code === comma || code === colon || opens(code) || closes(code)) take(code, at);
  }
}

/** Where the quote is that ends the string. */
function endOfString(text: string, start: number): number {
  for (let at = start + 1; ; at += 1) {
    at = text.indexOf('"', at);
    if (at < 0) return text.length;
    let slashes = 0;
    while (text.charCodeAt(at - 1 - slashes) === backslash) slashes += 1;
    if (slashes % 2 === 0) return at;
  }
}

const [space, tab, newline, carriageReturn] = [codeOf(' '), codeOf('\t'), codeOf('\n'), codeOf('\r')];
const isBlankCode = (code: number): boolean =>
  code === space || code === tab || code === newline || code === carriageReturn;

function trimmed(text: string, from: number, to: number): Span {
  let [start, end] = [from, to];
  while (start < end && isBlankCode(text.charCodeAt(start))) start += 1;
  while (end > start && isBlankCode(text.charCodeAt(end - 1))) end -= 1;
  return [start, end];
}

function isBlank(text: string, from: number, to: number): boolean {
  const [start, end] = trimmed(text, from, to);
  return start === end;
}
