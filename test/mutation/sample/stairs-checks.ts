/** Tests of the sample. They are not among the project's own. */
import { expect, test } from 'vitest';
import { isEven, isTall, landings, lowest, strides } from './stairs.ts';

const even: boolean[] = [];

test('more than twelve are tall', () => {
  expect(isTall(13)).toBe(true);
  expect(isTall(12)).toBe(false);
});

test('evenness is asked, and not looked at', () => {
  even.push(isEven(2));
});

test('each step is a stride', () => {
  expect(strides(3)).toBe(3);
});

test('there are landings', () => {
  expect(landings).toHaveLength(2);
});

test('the lowest is below the ground', () => {
  expect(lowest).toBe(-8n);
});

test('a test that always fails is no judge', () => {
  expect(isTall(20)).toBe(false);
});
