/** What the program says to people, found in its source. */
import { parseSync } from '@swc/core';

/** A word or two are a name or a part; a sentence has some, and an end. */
const isSentence = (text: string): boolean => text.split(' ').length >= 5 && /[.:]( |$)/.test(text);

interface Node {
  readonly type?: string;
  readonly operator?: string;
  readonly value?: unknown;
  readonly cooked?: string;
  readonly left?: Node;
  readonly right?: Node;
  readonly quasis?: readonly Node[];
  readonly expressions?: readonly Node[];
}

/** Whole sentences, though they are put together over several lines; three dots for what differs. */
export function sentencesIn(source: string): string[] {
  const found: string[] = [];
  visit(parseSync(source, { syntax: 'typescript', target: 'es2024' }));
  return found.map((text) => text.replace(/\s+/g, ' ').trim()).filter(isSentence);

  function visit(node: unknown): void {
    if (typeof node !== 'object' || node === null) return;
    const text = textOf(node);
    if (text !== undefined) found.push(text);
    // Within a sentence there may be others, in what differs.
    const inside = text === undefined ? Object.values(node) : differingIn(node);
    for (const child of inside) visit(child);
  }
}

/** The parts for which the three dots stand. */
function differingIn(node: Node): unknown[] {
  if (node.type === 'TemplateLiteral') return [...(node.expressions ?? [])];
  if (node.type !== 'BinaryExpression') return [];
  return [node.left, node.right].flatMap((side) =>
    side && textOf(side) !== undefined ? differingIn(side) : [side],
  );
}

function textOf({ type, operator, value, left, right, quasis }: Node): string | undefined {
  if (type === 'StringLiteral' && typeof value === 'string') return value;
  if (type === 'TemplateLiteral') return quasis?.map(({ cooked = '' }) => cooked).join('…');
  if (type !== 'BinaryExpression' || operator !== '+') return undefined;
  const parts = [left, right].map((side) => side && textOf(side));
  if (parts.every((part) => part === undefined)) return undefined;
  return parts.map((part) => part ?? '…').join('');
}
