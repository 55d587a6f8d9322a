/**
 * JSON read with its source text, so that a row can be kept exactly as it was sent: numbers past 2^53,
 * trailing zeros, escapes and all. `JSON.parse` gives the values, the syntax tree gives the places.
 */
import { type ObjectNode, parse, type ValueNode } from '@humanwhocodes/momoa';

/** A value and the text it was read from. */
export interface Sourced {
  readonly node: ValueNode;
  readonly text: string;
}

/** The members of an object by name; of a name that stands twice, the last one, as in `JSON.parse`. */
export type Members = ReadonlyMap<string, Sourced>;

/** Parses a whole document. @throws {SyntaxError} where it is not JSON, or nested too deeply. */
export function parseSourced(text: string): Sourced {
  // The language's own parser judges what is JSON, and the library is not asked about anything else.
  JSON.parse(text);
  try {
    return { node: parse(text, { mode: 'json', ranges: true }).body, text };
  } catch (error) {
    throw new SyntaxError('JSON nested too deeply.', { cause: error });
  }
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
  if (node.type === 'Array') {
    return `[${node.elements.map(({ value }) => sourceWithout(name, { node: value, text })).join(',')}]`;
  }
  if (node.type !== 'Object') return sourceOf({ node, text });
  const kept = node.members.filter((member) => memberName(member).toLowerCase() !== name);
  const parts = kept.map((member) => {
    const [start] = rangeOf(member);
    const [valueStart] = rangeOf(member.value);
    return text.slice(start, valueStart) + sourceWithout(name, { node: member.value, text });
  });
  return `{${parts.join(',')}}`;
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
