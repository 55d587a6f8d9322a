import { describe, expect, test } from 'vitest';
import { Silence } from '../../../lambda/run/silence.ts';

const second = 1000;
/** Nobody is answered from here on. */
const began = 1_000_000;
const at = (seconds: number) => began + seconds * second;

/** These have been asked for in vain, one at a time. */
function silenceAfter(...asked: readonly string[]): Silence {
  const silence = new Silence();
  for (const what of asked) silence.takeUnanswered(what, began);
  return silence;
}

describe('one that is not answered', () => {
  test('is given up after five tries', () => {
    expect([1, 4, 5].map((tries) => silenceAfter('a').givesUp(tries, began))).toEqual([false, false, true]);
  });

  test('is given up after two tries where nobody was answered for half a minute', () => {
    const givesUp = (tries: number, seconds: number) => silenceAfter('a').givesUp(tries, at(seconds));
    expect([givesUp(2, 29.999), givesUp(2, 30), givesUp(1, 40)]).toEqual([false, true, false]);
  });

  test('alone is no outage, however long it takes', () => {
    const silence = silenceAfter('a', 'a', 'a');
    silence.givesUp(5, at(100));
    expect([silence.isLong, silence.isOutage(at(1000))]).toEqual([false, false]);
  });
});

describe('it is an outage', () => {
  test('where two things in a row were given up', () => {
    const silence = silenceAfter('a', 'b');
    silence.givesUp(5, at(1));
    expect([silence.isLong, silence.isOutage(at(1))]).toEqual([false, false]);
    silence.givesUp(5, at(2));
    expect([silence.isLong, silence.isOutage(at(2))]).toEqual([true, true]);
  });

  test('where two have been asked for in vain through most of a minute', () => {
    const silence = silenceAfter('a', 'b');
    expect([54.999, 55].map((seconds) => silence.isOutage(at(seconds)))).toEqual([false, true]);
  });
});

test('any answer ends it: what was asked for in vain, since when, and what was given up', () => {
  const silence = silenceAfter('a', 'b');
  silence.givesUp(5, began);
  silence.givesUp(5, began);
  expect(silence.hasAsked('a')).toBe(true);
  silence.end();
  expect([silence.hasAsked('a'), silence.isLong, silence.isOutage(at(100))]).toEqual([false, false, false]);
  expect(silence.givesUp(2, at(100))).toBe(false);
});

test('it began with the first try that brought no answer', () => {
  const silence = silenceAfter('a');
  silence.takeUnanswered('b', at(54));
  expect(silence.isOutage(at(55))).toBe(true);
  expect(new Silence().givesUp(4, at(1000))).toBe(false);
});

describe('a try may take', () => {
  test('half a minute, as long as all are answered', () => {
    expect([1, 2].map((attempt) => new Silence().timeoutMs(attempt, began))).toEqual([30_000, 30_000]);
  });

  test('a quarter of one where it is not the first for the same thing', () => {
    expect(silenceAfter('a').timeoutMs(2, at(1))).toBe(15_000);
  });

  test('what is left until it is an outage, where it is the first for another; ten seconds at the least', () => {
    const timeout = (seconds: number) => silenceAfter('a').timeoutMs(1, at(seconds));
    expect([timeout(5), timeout(35), timeout(45), timeout(50)]).toEqual([30_000, 20_000, 10_000, 10_000]);
  });
});
