/**
 * JSON read with its source text, so that a row can be kept exactly as it was sent. `JSON.parse` judges what is JSON and
 * reads single values; where each of them stands is found by `json-spans.ts`.
 */
import { isTooDeep } from './json-depth.ts';
import { elementSpans, type MemberSpan, memberSpans, membersOfObjects, type Span } from './json-spans.ts';

/** A value, as the text that it was sent in, without the blanks around it. */
export interface Sourced {
  readonly text: string;
  /** An element that is nested too deep to be looked into. */
  readonly isTooDeep?: true;
}

/** The members of an object by name; of a name that stands twice, the last one, as in `JSON.parse`. */
export type Members = ReadonlyMap<string, Sourced>;

/**
 * The elements of a document's member that is an array, or undefined. One that is nested too deep keeps nothing
 * from the others. @throws {SyntaxError} where the document is not JSON.
 */
export function parseElements(document: string, name: string): Sourced[] | undefined {
  JSON.parse(document);
  const list = membersOf({ text: document.trim() })?.get(name);
  return list && elementsOf(list);
}

/** The members of a value that is an object, or undefined. */
export function membersOf({ text }: Sourced): Members | undefined {
  if (!text.startsWith('{')) return undefined;
  return new Map(
    memberSpans(text).map(({ name, value }) => [nameIn(text, name), { text: text.slice(...value) }]),
  );
}

/** The elements of a value that is an array, or undefined. */
export function elementsOf({ text }: Sourced): Sourced[] | undefined {
  if (!text.startsWith('[')) return undefined;
  return elementSpans(text).map((span) => {
    const element = text.slice(...span);
    return isTooDeep(element) ? { text: element, isTooDeep: true } : { text: element };
  });
}

/** A value that is a string, or undefined. */
export function stringOf({ text }: Sourced): string | undefined {
  return text.startsWith('"') ? JSON.parse(text) : undefined;
}

/** The text of a value without the members of that name, at any depth; all else stands as it was sent. */
export function sourceWithout(name: string, { text }: Sourced): string {
  let kept = '';
  let from = 0;
  const cuts = membersOfObjects(text).flatMap((members) => cutsOf(name, text, members));
  for (const [cutFrom, cutTo] of cuts.sort(([a], [b]) => a - b)) {
    // It stands in one that is cut out already.
    if (cutFrom < from) continue;
    kept += text.slice(from, cutFrom);
    from = cutTo;
  }
  return kept + text.slice(from);
}

/** From where to where the members of that name stand, each with a comma of its own. */
function cutsOf(name: string, text: string, members: readonly MemberSpan[]): Span[] {
  const isKept = (member: MemberSpan) => nameIn(text, member.name).toLowerCase() !== name;
  const last = members.findLastIndex(isKept);
  const cuts = members.flatMap((member, index): Span[] => {
    const next = members[index + 1];
    return index < last && next && !isKept(member) ? [[member.name[0], next.name[0]]] : [];
  });
  // Those behind the last that is kept: the comma before them goes with them.
  const [behind, final] = [members[last + 1], members.at(-1)];
  if (behind && final) cuts.push([members[last]?.value[1] ?? behind.name[0], final.value[1]]);
  return cuts;
}

/** One by one: JSON.parse of a whole object may mix up names with escapes (nodejs/node#63785). */
const nameIn = (text: string, name: Span): string => JSON.parse(text.slice(...name));
