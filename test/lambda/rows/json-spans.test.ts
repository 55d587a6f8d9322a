import { parse, type ValueNode } from '@humanwhocodes/momoa';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isTooDeep } from '../../../lambda/rows/json-depth.ts';
import { sourceWithout } from '../../../lambda/rows/json-source.ts';
import { elementSpans, memberSpans } from '../../../lambda/rows/json-spans.ts';
import { spaces, stringText, type Tree, textOf, treeText } from './json-text.ts';

const name = fc.oneof(fc.constantFrom('"a"', '"b"', '"\\u0061"', '"a:b"', '"\\""', '"\\\\"'), stringText);
const tree = treeText(name);
const trees = fc.array(tree, { maxLength: 5 });
const members = fc.array(fc.tuple(name, tree), { maxLength: 6 });

const parsed = (text: string): ValueNode => parse(text, { mode: 'json', ranges: true }).body;
const sliced = (text: string, { range: [from, to] = [0, 0] }: { range?: readonly number[] | undefined }) =>
  text.slice(from, to);

describe('P10: what stands where is found as a parser finds it', () => {
  test('the elements of an array', () => {
    fc.assert(
      fc.property(trees, spaces, (items, gaps) => {
        const text = textOf({ items }, gaps);
        const node = parsed(text);
        const expected =
          node.type === 'Array' ? node.elements.map(({ value }) => sliced(text, value)) : undefined;
        expect(elementSpans(text).map((span) => text.slice(...span))).toEqual(expected);
      }),
      { numRuns: 1000 },
    );
  });

  test('the members of an object', () => {
    fc.assert(
      fc.property(members, spaces, (all, gaps) => {
        const text = textOf({ members: all }, gaps);
        const node = parsed(text);
        const expected =
          node.type === 'Object'
            ? node.members.map((each) => [sliced(text, each.name), sliced(text, each.value)])
            : undefined;
        const found = memberSpans(text).map(({ name, value }) => [text.slice(...name), text.slice(...value)]);
        expect(found).toEqual(expected);
      }),
      { numRuns: 1000 },
    );
  });

  test('strings of whatever length end where they end', () => {
    for (const count of [0, 1, 2, 3, 100_001]) {
      for (const part of ['\\\\', '\\"', '[,']) {
        const string = `"${part.repeat(count)}"`;
        const text = `[${string},1]`;
        expect(elementSpans(text).map((span) => text.slice(...span))).toEqual([string, '1']);
      }
    }
  });

  test('a text that ends in the middle of a string has an end', () => {
    expect(memberSpans('{"a":1,"b')).toHaveLength(1);
  });

  test('and how deep it is nested, strings aside', () => {
    expect([isTooDeep('[[{"a":"[[["}]]', 3), isTooDeep('[[{"a":[]}]]', 3)]).toEqual([false, true]);
    expect([isTooDeep('[[]]', 2), isTooDeep('[[[]]]', 2)]).toEqual([false, true]);
    expect(isTooDeep('[[1],[2],[3],{"\\"[":[4]}]', 2)).toBe(true);
    expect(isTooDeep('[[1],[2],[3],{"\\"[":4}]', 2)).toBe(false);
  });
});

/** A tree without the members of that name, at any depth. */
function without(left: Tree, names: ReadonlySet<string>): Tree {
  if (typeof left === 'string') return left;
  if ('items' in left) return { items: left.items.map((each) => without(each, names)) };
  const kept = left.members.filter(([key]) => !names.has(JSON.parse(key)));
  return { members: kept.map(([key, value]) => [key, without(value, names)] as const) };
}

test('members of a name are taken out at any depth, and nothing else', () => {
  const named = fc.oneof(fc.constantFrom('"a"', '"A"', '"\\u0061"', '"b"'), stringText);
  fc.assert(
    fc.property(treeText(named), (each) => {
      const rest = sourceWithout('a', { text: textOf(each) });
      expect(rest).toBe(textOf(without(each, new Set(['a', 'A']))));
    }),
    { numRuns: 1000 },
  );
});

test('of many objects, as deep as a row may be', () => {
  const levels = 490;
  const text = `${'{"a":['.repeat(levels / 2)}${'{"contact_emails":1,"b":2},'.repeat(40_000)}1${']}'.repeat(levels / 2)}`;
  const rest = sourceWithout('contact_emails', { text });
  expect(rest).toBe(text.replaceAll('"contact_emails":1,', ''));
});
