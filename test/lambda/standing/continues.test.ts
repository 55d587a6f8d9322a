/** P18: an integration that was created anew goes on from the one that ended, under the same name and type. */
import { describe, expect, test } from 'vitest';
import { continuations, type Lifetime } from '../../../lambda/standing/continues.ts';
import { dayMs, hourMs, weekMs } from '../../../lambda/standing/periods.ts';
import { now } from './judged.ts';

const lifetime = (integrationId: string, more: Partial<Lifetime> = {}): Lifetime => ({
  integrationId,
  name: 'Orders',
  type: 'attributes',
  hasEnded: false,
  firstStart: now,
  lastStart: now + dayMs,
  usualMs: hourMs,
  ...more,
});
/** One that has ended an hour before now, or earlier. */
const ended = (integrationId: string, more: Partial<Lifetime> = {}) =>
  lifetime(integrationId, {
    hasEnded: true,
    firstStart: now - 60 * dayMs,
    lastStart: now - hourMs,
    ...more,
  });

const found = (...lifetimes: Lifetime[]) => Object.fromEntries(continuations(lifetimes));

describe('an integration goes on from one that has ended', () => {
  test('where it has its name and type, and begins soon after', () => {
    expect(found(ended('old'), lifetime('new'))).toEqual({ new: 'old' });
    expect(found(lifetime('new'), ended('old'))).toEqual({ new: 'old' });
  });

  test.each<[string, Partial<Lifetime>, Partial<Lifetime>]>([
    ['has another name', {}, { name: 'Customers' }],
    ['has another type', {}, { type: 'events' }],
    ['has no name', { name: null }, { name: null }],
    ['has an empty name', { name: '' }, { name: '' }],
    ['has not begun', {}, { firstStart: null }],
    ['began while the other was still there', { lastStart: now }, {}],
    ['comes after one that still goes on', { hasEnded: false }, {}],
    ['comes after one that never began', { firstStart: null, lastStart: null }, {}],
    ['comes after one whose end is not known', { lastStart: null }, {}],
  ])('but not where it %s', (_, old, later) => {
    expect(found(ended('old', old), lifetime('new', later))).toEqual({});
  });

  test('within a week, or three of the distances that were usual', () => {
    const afterGap = (gapMs: number, usualMs: number | null) =>
      found(ended('old', { lastStart: now - gapMs, usualMs }), lifetime('new'));
    expect(afterGap(weekMs, hourMs)).toEqual({ new: 'old' });
    expect(afterGap(weekMs, null)).toEqual({ new: 'old' });
    expect(afterGap(weekMs + 1, hourMs)).toEqual({});
    expect(afterGap(15 * dayMs, 5 * dayMs)).toEqual({ new: 'old' });
    expect(afterGap(15 * dayMs + 1, 5 * dayMs)).toEqual({});
  });

  test('the one that ended last', () => {
    const [early, late] = [ended('early', { lastStart: now - 2 * dayMs }), ended('late')];
    expect(found(early, late, lifetime('new'))).toEqual({ new: 'late' });
    expect(found(late, early, lifetime('new'))).toEqual({ new: 'late' });
  });

  test('once: the one that began first goes on from it, and the next from another', () => {
    const [first, second] = [lifetime('b'), lifetime('a', { firstStart: now + hourMs })];
    expect(found(ended('old'), second, first)).toEqual({ b: 'old' });
    expect(found(ended('old'), ended('older', { lastStart: now - dayMs }), second, first)).toEqual({
      b: 'old',
      a: 'older',
    });
  });

  test('of two that began at once, the one with the lower id', () => {
    expect(found(ended('old'), lifetime('b'), lifetime('a'))).toEqual({ a: 'old' });
    expect(found(ended('old'), lifetime('a'), lifetime('b'))).toEqual({ a: 'old' });
  });

  test('and may have ended itself since', () => {
    const middle = lifetime('middle', { hasEnded: true });
    const last = lifetime('last', { firstStart: now + 2 * dayMs, lastStart: null });
    expect(found(ended('old'), middle, last)).toEqual({ middle: 'old', last: 'middle' });
  });
});
