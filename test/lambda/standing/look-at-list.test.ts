/** P18: what the list says of an integration, and what is remembered of it. */
import { describe, expect, test } from 'vitest';
import { newStandingFacts } from '../../../lambda/standing/facts.ts';
import type { JudgeInput, Listed } from '../../../lambda/standing/judge.ts';
import { isActive, isPaused, lookAtList } from '../../../lambda/standing/look-at-list.ts';
import { dayMs, hourMs, minuteMs } from '../../../lambda/standing/periods.ts';
import { defaultSettings } from '../../../lambda/standing/settings.ts';
import { active, factsOf, now, syncAt, syncsUntil } from './judged.ts';

const disabled: Listed = { ...active, status: 'disabled' };

describe('an integration', () => {
  test.each<[string, Listed | null, { active: boolean; paused: boolean }]>([
    ['is active by that word alone', active, { active: true, paused: false }],
    ['is active in capitals, too', { ...active, status: 'ACTIVE' }, { active: true, paused: false }],
    ['is paused by any other word', disabled, { active: false, paused: true }],
    [
      'is not paused while something is scheduled',
      { ...disabled, nextScheduledRun: now },
      { active: false, paused: false },
    ],
    ['is neither without a word', { ...active, status: null }, { active: false, paused: false }],
    ['is neither where no list was read', null, { active: false, paused: false }],
  ])('%s', (_, listed, expected) => {
    expect({ active: isActive(listed), paused: isPaused(listed) }).toEqual(expected);
  });
});

describe('a look at the list', () => {
  const daily = syncsUntil(now - hourMs, 30);
  const look = (
    listed: Listed | null,
    {
      syncs = daily,
      facts = factsOf(syncs),
      at = now,
      condition = 'present' as JudgeInput['condition'],
    } = {},
  ) => lookAtList(facts, { listed, condition, settings: defaultSettings, at });

  test('that was not read changes nothing', () => {
    const facts = factsOf(daily);
    expect(look(null, { facts })).toBe(facts);
  });

  test('that was not read says nothing of one that is gone: it rests', () => {
    const { promise } = look(null, { condition: 'gone' });
    expect(promise).toMatchObject({ pending: null, rest: { since: now, last: now, until: null } });
  });

  test('remembers what it promises', () => {
    expect(look({ ...active, nextScheduledRun: now }).promise).toMatchObject({ pending: now, rest: null });
  });

  test('remembers that it rests: paused, no longer listed, or gone', () => {
    const rest = { since: now, last: now, until: null };
    expect(look(disabled).promise.rest).toEqual(rest);
    expect(look({ ...active, listed: false }).promise.rest).toEqual(rest);
    expect(look(active, { condition: 'gone' }).promise.rest).toEqual(rest);
    expect(look(active, { condition: 'failing' }).promise.rest).toBeNull();
  });

  /** The list when its promise for now had come, and a sync had started. */
  const keptBy = (start: number, syncs = daily.slice(0, -1)) => {
    const promised = look({ ...active, nextScheduledRun: now }, { syncs });
    const facts = { ...factsOf([...syncs, syncAt(start)]), promise: promised.promise };
    return look({ ...active, nextScheduledRun: now + dayMs }, { facts, at: now + 9 * hourMs }).promise.record;
  };

  test('gives a promise the grace of the usual distance, or the least where none is known', () => {
    expect([keptBy(now + 2 * hourMs), keptBy(now + 2 * hourMs + 1)]).toEqual(['k', 'm']);
    expect([keptBy(now + 10 * minuteMs, []), keptBy(now + 10 * minuteMs + 1, [])]).toEqual(['k', 'm']);
  });

  test('says nothing of a promise where the first start since then may not be kept', () => {
    const facts = (older: boolean) => ({
      ...newStandingFacts(),
      promise: { ...newStandingFacts().promise, pending: now },
      recent: [syncAt(now + 5 * hourMs)],
      older: { ...newStandingFacts().older, to: older ? now - dayMs : null },
    });
    const record = (older: boolean) =>
      look(active, { facts: facts(older), at: now + 9 * hourMs }).promise.record;
    expect([record(true), record(false)]).toEqual(['', 'm']);
  });
});
