import { expect, test } from 'vitest';
import { VirtualClock } from './virtual-clock.ts';
import { WrongClock } from './wrong-clock.ts';

test('a clock that is ahead, gets further ahead, and is set back', async () => {
  const truth = new VirtualClock(0);
  const clock = new WrongClock(truth);
  clock.offsetMs = 600_000;
  clock.driftMsPerHour = 1000;
  await clock.sleep(3_600_000);
  expect(truth.now()).toBe(3_600_000);
  expect(clock.now()).toBe(3_600_000 + 600_000 + 1000);
  clock.offsetMs = -3_600_000;
  expect(clock.now()).toBe(1000);
});

test('is not set for a run that has begun, as the system clock is read once', async () => {
  const truth = new VirtualClock(0);
  const clock = new WrongClock(truth);
  clock.offsetMs = 600_000;
  const { now } = clock.started();
  clock.offsetMs = -3_600_000;
  await clock.sleep(1000);
  expect([now(), clock.now()]).toEqual([601_000, 1000 - 3_600_000]);
});
