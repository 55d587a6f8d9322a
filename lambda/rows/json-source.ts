/**
 * JSON read with its source text, so that a row can be kept exactly as it was sent: numbers past 2^53,
 * trailing zeros, escapes and all. `JSON.parse` gives the values, the syntax tree gives the places.
 */
import { type ObjectNode, parse, type ValueNode } from '@humanwhocodes/momoa';
import { elementSpans, isTooDeep, maxDepth, memberSpan } from './json-depth.ts';

/** A value and the text it was read from. */
export interface Sourced {
  readonly node: ValueNode;
  readonly text: string;
  /** It is nested too deep to be looked into: the node only says where it stands. */
  readonly isTooDeep?: true;
}

/** The members of an object by name; of a name that stands twice, the last one, as in `JSON.parse`. */
export type Members = ReadonlyMap<string, Sourced>;

/** Parses a whole document. @throws {SyntaxError} where it is not JSON, or nested too deep. */
export function parseSourced(text: string): Sourced {
  // The language's own parser judges what is JSON, and the library is not asked about anything else.
  JSON.parse(text);
  // A level more for each that a page puts around its rows.
  if (isTooDeep(text, maxDepth + 2)) throw new SyntaxError('JSON nested too deep.');
  return { node: parse(text, { mode: 'json', ranges: true }).body, text };
}

/**
 * The elements of a document's member that is an array, or undefined. One that is nested too deep keeps nothing
 * from the others. @throws {SyntaxError} where the document is not JSON.
 */
export function parseElements(document: string, name: string): Sourced[] | undefined {
  JSON.parse(document);
  if (!isTooDeep(document)) {
    const member = membersOf(parseSourced(document))?.get(name);
    return member && elementsOf(member);
  }
  const text = document.trim();
  const span = text.startsWith('{') ? memberSpan(text, name) : undefined;
  const list = span && text.slice(...span);
  if (!list?.startsWith('[')) return undefined;
  return elementSpans(list).map(([start, end]) => {
    const element = list.slice(start, end);
    return isTooDeep(element) ? unread(element) : parseSourced(element);
  });
}

function unread(text: string): Sourced {
  const start = { line: 1, column: 1, offset: 0 };
  const loc = { start, end: { ...start, offset: text.length } };
  return { node: { type: 'Null', loc, range: [0, text.length] }, text, isTooDeep: true };
}

/** The text of a value, as it stands in the document. */
export function sourceOf({ node, text }: Sourced): string {
  const [start, end] = rangeOf(node);
  return text.slice(start, end);
}

/** The members of a value that is an object, or undefined. */
export function membersOf({ node, text }: Sourced): Members | undefined {
  if (node.type !== 'Object') return undefined;
  return new Map(node.members.map((member) => [memberName(member), { node: member.value, text }]));
}

/** The elements of a value that is an array, or undefined. */
export function elementsOf({ node, text }: Sourced): Sourced[] | undefined {
  return node.type === 'Array' ? node.elements.map(({ value }) => ({ node: value, text })) : undefined;
}

/** The text of a value without the members of that name, at any depth; all else stands as it was sent. */
export function sourceWithout(name: string, { node, text }: Sourced): string {
  const [start, end] = rangeOf(node);
  let kept = '';
  let from = start;
  for (const [cutFrom, cutTo] of cuts(name, node)) {
    kept += text.slice(from, cutFrom);
    from = cutTo;
  }
  return kept + text.slice(from, end);
}

/** From where to where the members stand, each with a comma of its own; in the order of the text. */
function cuts(name: string, root: ValueNode): (readonly [number, number])[] {
  const found: (readonly [number, number])[] = [];
  // A stack of its own: a hostile depth would overflow the language's.
  const left: ValueNode[] = [root];
  for (let node = left.pop(); node; node = left.pop()) {
    // One by one: as arguments, a hundred thousand would overflow the stack as well.
    if (node.type === 'Array') for (const { value } of node.elements) left.push(value);
    if (node.type !== 'Object') continue;
    const { members } = node;
    const isKept = (member: ObjectNode['members'][number]) => memberName(member).toLowerCase() !== name;
    for (const { value } of members.filter(isKept)) left.push(value);
    const last = members.findLastIndex(isKept);
    members.forEach((member, index) => {
      const next = members[index + 1];
      if (!isKept(member) && index < last && next) found.push([rangeOf(member)[0], rangeOf(next)[0]]);
    });
    // Those behind the last that is kept: the comma before them goes with them.
    const [behind, final] = [members[last + 1], members.at(-1)];
    const before = members[last];
    if (behind && final) found.push([before ? rangeOf(before)[1] : rangeOf(behind)[0], rangeOf(final)[1]]);
  }
  return found.sort(([a], [b]) => a - b);
}

function memberName({ name }: ObjectNode['members'][number]): string {
  return name.type === 'String' ? name.value : name.name;
}

function rangeOf(node: { range?: readonly number[] | undefined }): readonly [number, number] {
  const [start, end] = node.range ?? [];
  if (start === undefined || end === undefined)
    throw new Error('The JSON parser gave a node without its place.');
  return [start, end];
}
