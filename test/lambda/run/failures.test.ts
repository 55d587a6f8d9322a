import { expect, test } from 'vitest';
import { Damaged } from '../../../lambda/errors/damaged.ts';
import { Failures } from '../../../lambda/run/failures.ts';

test('what may be met more than once is said once, in the order in which it was found out', () => {
  const failures = new Failures(() => {});
  failures.addOnce('One.');
  failures.add('Two.', 'Two.');
  failures.addOnce('One.');
  failures.addContained(new Damaged('Three.'));
  failures.addContained(new Damaged('Three.'));
  expect(failures.sentences).toEqual(['One.', 'Two.', 'Two.', 'Three.']);
  expect(() => failures.addContained(new TypeError('A fault.'))).toThrow('A fault.');
});
