import { expect, test } from 'vitest';
import { compare } from '../../../local/rehearsal/compare.ts';

const source = [
  ['one', '{"a":1}'],
  ['one', '{"a":2}'],
  ['two', '{"a":1}'],
] as const;
const lines = source.map(([integration_id, raw]) => ({ integration_id, raw }));

test.each([
  ['the same, in any order', lines.toReversed(), { missing: 0, surplus: 0 }],
  ['a line too few', lines.slice(1), { missing: 1, surplus: 0 }],
  ['a line twice', [...lines, ...lines.slice(0, 1)], { missing: 0, surplus: 1 }],
  [
    'a line for another',
    lines.with(2, { integration_id: 'two', raw: '{"a":2}' }),
    { missing: 1, surplus: 1 },
  ],
  ['nothing', [], { missing: 3, surplus: 0 }],
])('%s', (_, lake, difference) => {
  expect(compare(source, lake)).toEqual(difference);
});
