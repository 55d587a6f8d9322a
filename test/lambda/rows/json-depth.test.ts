import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { elementSpans, isTooDeep, memberSpan } from '../../../lambda/rows/json-depth.ts';
import { elementsOf, membersOf, parseSourced, sourceOf } from '../../../lambda/rows/json-source.ts';
import { spaces, stringText, textOf, treeText } from './json-text.ts';

const trees = fc.array(treeText(stringText), { maxLength: 5 });

describe('P10: what stands where is found without the parser, and as that finds it', () => {
  test('the elements of an array', () => {
    fc.assert(
      fc.property(trees, spaces, (items, gaps) => {
        const text = textOf({ items }, gaps);
        const expected = elementsOf(parseSourced(text))?.map(sourceOf);
        expect(elementSpans(text).map((span) => text.slice(...span))).toEqual(expected);
      }),
    );
  });

  test('the member of an object: of a name that stands twice, the last', () => {
    const name = fc.constantFrom('"a"', '"b"', '"\\u0061"', '"a:b"', '"\\""');
    const members = fc.array(fc.tuple(name, treeText(stringText)), { maxLength: 6 });
    fc.assert(
      fc.property(members, spaces, (all, gaps) => {
        const text = textOf({ members: all }, gaps).trim();
        const expected = membersOf(parseSourced(text))?.get('a');
        const span = memberSpan(text, 'a');
        expect(span && text.slice(...span)).toBe(expected && sourceOf(expected));
      }),
    );
  });

  test('and how deep it is nested, strings aside', () => {
    expect([isTooDeep('[[{"a":"[[["}]]', 3), isTooDeep('[[{"a":[]}]]', 3)]).toEqual([false, true]);
    expect([isTooDeep('[[]]', 2), isTooDeep('[[[]]]', 2)]).toEqual([false, true]);
    expect(isTooDeep('[[1],[2],[3],{"\\"[":[4]}]', 2)).toBe(true);
    expect(isTooDeep('[[1],[2],[3],{"\\"[":4}]', 2)).toBe(false);
  });
});
