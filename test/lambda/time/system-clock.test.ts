import { afterEach, expect, test, vi } from 'vitest';
import { startSystemClock } from '../../../lambda/time/system-clock.ts';

afterEach(() => vi.restoreAllMocks());

/** The machine's two clocks, set by hand. */
function machine() {
  const clocks = { date: Date.UTC(2026, 5, 1, 12), counted: 5000 };
  vi.spyOn(Date, 'now').mockImplementation(() => clocks.date);
  vi.spyOn(performance, 'now').mockImplementation(() => clocks.counted);
  return clocks;
}

test.each([
  ['back', -3_600_000],
  ['ahead', 3_600_000],
])(
  'P8: a clock that is set %s in the midst of a run moves neither its time nor its waits',
  async (_, jump) => {
    const clocks = machine();
    const began = clocks.date;
    const clock = startSystemClock();
    expect(clock.now()).toBe(began);

    clocks.date += jump;
    clocks.counted += 1000;
    expect(clock.now()).toBe(began + 1000);
  },
);

test('P8: a wait ends when its time has been counted, though the clock was set back meanwhile', async () => {
  const clocks = machine();
  const clock = startSystemClock();
  clocks.date -= 3_600_000;
  // Each look at it is 10 ms later.
  vi.spyOn(performance, 'now').mockImplementation(() => {
    clocks.counted += 10;
    return clocks.counted;
  });
  await clock.sleep(15);
  expect(clocks.counted).toBeGreaterThanOrEqual(5025);
});

test('the time of a run is that of the machine when it began: what passed before, frozen or not, is in it', () => {
  const clocks = machine();
  startSystemClock();
  // Frozen between two invocations: nothing is counted.
  clocks.date += 900_000;
  expect(startSystemClock().now()).toBe(clocks.date);
});

test('a wait that is given up by a signal ends at once', async () => {
  const stop = new AbortController();
  stop.abort();
  await startSystemClock().sleep(60_000, stop.signal);
});
