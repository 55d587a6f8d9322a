import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { lintResult, withoutShortcuts } from './arrows.ts';
import { withDrawings } from './drawings.ts';

const root = join(import.meta.dirname, '../../..');
const page = readFileSync(join(root, 'docs/architecture.md'), 'utf8');

const isPath = (code: string): boolean => /^[\w.-]+\/[\w./-]*$/.test(code);

test('the drawings are those that `npm run architecture` makes', async () => {
  expect(withDrawings(page, await lintResult())).toBe(page);
});

test('an arrow is left out where a longer way leads', () => {
  const way = [
    ['a', 'b'],
    ['b', 'c'],
    ['c', 'd'],
  ] as const;
  expect(withoutShortcuts([...way, ['a', 'c'], ['a', 'd']])).toEqual(way);
});

const paths = [...page.matchAll(/`([^`\n]+)`/g)].map(([, code]) => code ?? '').filter(isPath);

test.each([...new Set(paths)])('there is %s', (path) => expect(existsSync(join(root, path))).toBe(true));

/** `name` in `file` */
const placed = [...page.matchAll(/`(\w+)`(?:\s+in)\s+`([^`]+\.ts)`/g)].map(([, name = '', file = '']) => [
  name,
  file,
]);

test('the page places names in files', () => expect(placed.length).toBeGreaterThan(20));

test.each(placed)('%s is in %s', (name, file) => {
  expect(readFileSync(join(root, file), 'utf8')).toMatch(new RegExp(`\\b${name}\\b`));
});
