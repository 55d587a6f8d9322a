import { promisify } from 'node:util';
import { createGzip, gunzip, gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { threadPoolIsBusy } from './thread-pool.ts';
import { VirtualClock } from './virtual-clock.ts';

async function sleeper(clock: VirtualClock, log: string[], name: string, ...naps: number[]): Promise<void> {
  for (const nap of naps) {
    await clock.sleep(nap);
    log.push(`${name} ${clock.now()}`);
  }
}

test('tasks that sleep at the same time wake in the order of time, not one after the other', async () => {
  const clock = new VirtualClock(0);
  const log: string[] = [];
  await Promise.all([
    sleeper(clock, log, 'a', 1200, 1200),
    sleeper(clock, log, 'b', 500, 500, 500),
    sleeper(clock, log, 'c', 1200),
  ]);
  expect(log).toEqual(['b 500', 'b 1000', 'a 1200', 'c 1200', 'b 1500', 'a 2400']);
});

test('no time passes while a task that is awake has promises to go on with', async () => {
  const clock = new VirtualClock(0);
  const slow = clock.sleep(10);
  for (let turns = 0; turns < 1000; turns += 1) await undefined;
  expect(clock.now()).toBe(0);
  await slow;
  expect(clock.now()).toBe(10);
});

test('no time passes while a stream is compressed by the thread pool', async () => {
  const clock = new VirtualClock(0);
  const stream = createGzip();
  const compressed = new Promise<number>((resolve) => {
    stream.on('data', () => {}).on('end', () => resolve(clock.now()));
  });
  stream.end('x'.repeat(5_000_000));
  const slept = clock.sleep(10);
  expect(await compressed).toBe(0);
  await slept;
});

test('time passes again after a stream that failed at damaged bytes', async () => {
  const whole = gzipSync('x'.repeat(100_000));
  await expect(promisify(gunzip)(whole.fill(255, 20, 40))).rejects.toThrow();
  expect(threadPoolIsBusy()).toBe(false);
});

test('a signal wakes whoever sleeps, without time passing', async () => {
  const clock = new VirtualClock(0);
  const controller = new AbortController();
  const long = clock.sleep(1e9, controller.signal);
  await clock.sleep(5);
  controller.abort();
  await long;
  await clock.untilNobodySleeps();
  expect(clock.now()).toBe(5);
});

test('the time can be set by hand only where nobody sleeps', async () => {
  const clock = new VirtualClock(0);
  const nap = clock.sleep(5);
  expect(() => clock.set(100)).toThrow('sleeps');
  await nap;
  clock.set(100);
  expect(clock.now()).toBe(100);
});
