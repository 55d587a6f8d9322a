import type { Equivalent } from '../equivalent.ts';

export const sameStanding: readonly Equivalent[] = [
  {
    file: 'lambda/standing/facts-rebuild.ts',
    original: '() => 0',
    mutated: '() => undefined',
    why: 'These starts are compared with real ones, of which none is 0 and none is missing.',
  },
  {
    file: 'lambda/standing/facts-rebuild.ts',
    original: '{ count: 1000, since: 0 }',
    mutated: '{}',
    why: 'Where a streak goes on from before, the newest success before it differs as well.',
  },
  {
    file: 'lambda/standing/facts-rebuild.ts',
    original: '{ ...run, at: Number.MAX_SAFE_INTEGER }',
    mutated: '{}',
    why: 'The watermark of that past, which is as late, makes it stand there in either case.',
  },
  {
    file: 'lambda/standing/facts-rebuild.ts',
    original: '{ ...run, byMs: Number.MAX_SAFE_INTEGER, stood: 1000, moved: 0 }',
    mutated: '{}',
    why: 'As long as it goes on, it has stood or moved once more than a run that began with the first row.',
  },
  {
    file: 'lambda/standing/expectation.ts',
    original: 'usualMs < monthlyFromMs',
    mutated: 'usualMs <= monthlyFromMs',
    why: 'Distances of 27 days are farther from a month than months differ.',
  },
  {
    file: 'lambda/standing/expectation.ts',
    original: '{ starts: null }',
    mutated: '{}',
    why: 'What is not defined is as good as null.',
  },
  {
    file: 'lambda/standing/expectation.ts',
    original: 'moment + shiftMs',
    mutated: 'moment - shiftMs',
    why: 'Each shift is tried in both directions.',
  },
  {
    file: 'lambda/standing/state.ts',
    original: 'headAt === null',
    mutated: 'false',
    why: 'Null counts as 1970, which is longer ago than anything is put up with.',
  },
  {
    file: 'lambda/standing/state.ts',
    original: 'stuck?.since',
    mutated: 'stuck.since',
    why: 'Only where one is stuck, this is asked.',
  },
  {
    file: 'lambda/standing/judge.ts',
    original: 'summary.lastRefused !== null',
    mutated: 'true',
    why: 'Null counts as 1970, and 30 days later is over.',
  },
];
