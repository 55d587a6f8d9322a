/** JSON as nobody would write it: odd white space, escapes, numbers of any size, names that stand twice. */
import fc from 'fast-check';

export type Tree = string | { readonly items: readonly Tree[] } | { readonly members: readonly Member[] };
export type Member = readonly [name: string, value: Tree];

const character = fc.oneof(
  fc.constantFrom('\\n', '\\/', '\\"', '\\\\', '\\u0041', '\\ud83d\\ude00', '\\ud800', '\\uDFFF', '\\u0000'),
  fc.constantFrom('a', 'Z', ' ', '\u2028', '\u007f', 'é', '😀', '\u0301', ',', '}', ']', ':', '\ufeff', '/*'),
);

/** The text of a string, with its quotes. */
export const stringText = fc.array(character, { maxLength: 6 }).map((parts) => `"${parts.join('')}"`);

export const numberText = fc.oneof(
  fc.constantFrom(
    '-0',
    '0.0',
    '1.50',
    '1E+2',
    '1e400',
    '-1.0e-7',
    '9007199254740993',
    '12345678901234567890123',
  ),
  fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n }).map(String),
);

const literal = fc.oneof(stringText, numberText, fc.constantFrom('true', 'false', 'null', '[]', '{}'));

/** @param name the text of a member's name. */
export function treeText(name: fc.Arbitrary<string>): fc.Arbitrary<Tree> {
  return fc.letrec<{ tree: Tree }>((tie) => ({
    tree: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      literal,
      fc.record({ items: fc.array(tie('tree'), { maxLength: 4 }) }),
      fc.record({ members: fc.array(fc.tuple(name, tie('tree')), { maxLength: 4 }) }),
    ),
  })).tree;
}

export const spaces = fc.array(fc.constantFrom('', '', ' ', '\n', '\t', '\r\n', '   '), {
  minLength: 7,
  maxLength: 7,
});

/** @param gaps white space, used in turn between the tokens. */
export function textOf(tree: Tree, gaps: readonly string[] = ['']): string {
  let used = 0;
  const gap = (): string => gaps[used++ % gaps.length] ?? '';
  const write = (part: Tree): string => {
    if (typeof part === 'string') return part;
    if ('items' in part) {
      return `[${gap()}${part.items.map((item) => write(item)).join(`${gap()},${gap()}`)}${gap()}]`;
    }
    const members = part.members.map(([name, value]) => `${name}${gap()}:${gap()}${write(value)}`);
    return `{${gap()}${members.join(`${gap()},${gap()}`)}${gap()}}`;
  };
  return write(tree);
}
