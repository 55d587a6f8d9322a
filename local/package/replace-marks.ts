/** Puts references to parameters where marks stand in a template. */
import type { Marks } from './marks.ts';

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** Names of other resources: a mark in there is part of a name. */
const ofNames = new Set(['Ref', 'Fn::GetAtt', 'DependsOn']);

export function replaceMarks(value: Json, marks: Marks): Json {
  if (typeof value === 'string') return withReferences(value, marks);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((each) => replaceMarks(each, marks));
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [key, ofNames.has(key) ? each : replaceMarks(each, marks)]),
  );
}

function withReferences(text: string, marks: Marks): Json {
  let parts: Json[] = [text];
  for (const [name, mark] of marks) {
    parts = parts.flatMap((part): Json[] =>
      typeof part === 'string'
        ? part.split(mark).flatMap((piece, at): Json[] => (at === 0 ? [piece] : [{ Ref: name }, piece]))
        : [part],
    );
  }
  const [first = text, ...more] = parts.filter((part) => part !== '');
  return more.length === 0 ? first : { 'Fn::Join': ['', [first, ...more]] };
}
