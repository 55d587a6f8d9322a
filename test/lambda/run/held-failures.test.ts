import { beforeEach, expect, test } from 'vitest';
import { Refused } from '../../../lambda/errors/refused.ts';
import { Failures } from '../../../lambda/run/failures.ts';
import { HeldFailures } from '../../../lambda/run/held-failures.ts';
import type { RunEvent } from '../../../lambda/run/run-events.ts';
import { runOf } from './integrations.ts';

const error = new Refused(403, 'The key lacks a permission.');

let events: RunEvent[];
let failures: Failures;
let held: HeldFailures;
beforeEach(() => {
  events = [];
  failures = new Failures((event) => events.push(event));
  held = new HeldFailures(failures);
});

test('who is refused has failed when another is answered, in words of his own, and not before', () => {
  const a = runOf('a');
  held.holdRefused(a, error, []);
  expect([held.isKeyInDoubt, failures.sentences, a.isOver]).toEqual([true, [], false]);
  held.takeAnswered(runOf('b'));
  expect(held.isKeyInDoubt).toBe(false);
  expect(failures.sentences).toEqual([`Integration a could not be exported. ${error.ownMessage}`]);
  expect(events).toEqual([{ kind: 'failed', integrationId: 'a', message: error.ownMessage }]);
  expect(a.state).toMatchObject({ condition: 'failing', failure: error.ownMessage });
});

test('or when the reading has ended, where somebody was answered; else it is about the key', () => {
  held.holdRefused(runOf('a'), error, []);
  expect(() => held.failRefused()).toThrow(error);
  expect(failures.sentences).toEqual([]);
  held.takeAnswered(runOf('b'));
  held.holdRefused(runOf('c'), error, []);
  held.failRefused();
  expect(failures.sentences).toHaveLength(2);
});

test('who is not answered has failed when somebody is, in the order in which they were asked, once', () => {
  held.holdUnanswered(runOf('a'), 'No answer.');
  held.holdListUnanswered('The list could not be read.');
  expect(failures.sentences).toEqual([]);
  held.takeAnswered(runOf('b'));
  held.failUnanswered();
  expect(failures.sentences).toEqual([
    'Integration a could not be exported. No answer.',
    'The list could not be read.',
  ]);
});
