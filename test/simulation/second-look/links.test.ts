/** P16: what a missing Link header may mean, and what it must not. */
import { expect, test } from 'vitest';
import type { Answer } from '../../../local/simulator/answer.ts';
import { readLake } from '../checks/read-lake.ts';
import { hour, steady, timedLab } from '../lab/timed-world.ts';

const withoutLink = ({ headers: { link: _, ...headers }, ...answer }: Answer): Answer => ({
  ...answer,
  headers,
});

test('where no answer ever has a Link header, it is said as soon as a list shows less than is known', async () => {
  const lab = timedLab({ a: steady(300), b: steady(100) });
  lab.braze.lie = withoutLink;
  // Each may well be a list of ten.
  expect((await lab.run())?.receipt.outcome).toBe('complete');
  lab.now += 2 * hour;
  const result = await lab.run();
  expect(result?.receipt.outcome).toBe('failed');
  expect(result?.failures.join()).toContain('Link header');
  expect((await readLake(lab.objects)).coverage.map(({ state }) => state)).toEqual(['failing', 'failing']);

  // The header is back, and with it all that it leads to.
  lab.braze.lie = (answer) => answer;
  for (let runs = 0; runs < 3; runs += 1) await lab.run({ recheck: 'all' });
  expect((await lab.run())?.receipt.outcome).toBe('complete');
  expect((await readLake(lab.objects)).syncs).toHaveLength(404);
});

test('two lists of exactly ten rows, and none longer, are no sign of it', async () => {
  const lab = timedLab({ a: steady(10), b: steady(10) });
  expect((await lab.run())?.receipt.outcome).toBe('complete');
});

test('a list of exactly ten rows beside longer ones is no sign of it', async () => {
  const lab = timedLab({ a: steady(10), b: steady(30) });
  expect((await lab.run())?.receipt.outcome).toBe('complete');
});

test('new rows that the first page alone does not connect leave a gap, whatever its header says', async () => {
  const lab = timedLab({ a: steady(100) });
  await lab.run();
  lab.now += 30 * hour;
  const head = lab.braze.log.length + 2;
  lab.braze.lie = (answer, { ordinal }) => (ordinal === head ? withoutLink(answer) : answer);
  await lab.run();
  expect((await readLake(lab.objects)).syncs).toHaveLength(130);
  expect((await readLake(lab.objects)).coverage).toMatchObject([
    { lost_gaps: 0, gaps: 0, state: 'complete' },
  ]);
});

test('what the source no longer has when it is to be read is lost an hour later, and counted', async () => {
  const rows = steady(100);
  const lab = timedLab({ a: rows });
  await lab.run();
  // 30 newer, of which 15 and all before have left the list when the next run looks.
  lab.now += 30 * hour;
  rows.splice(0, 115);
  const result = await lab.run();
  expect(result?.receipt).toMatchObject({ outcome: 'failed', gaps: 1 });
  expect(result?.failures.join()).toContain('in an hour');
  lab.now += hour;
  expect((await lab.run())?.receipt).toMatchObject({ outcome: 'complete', gaps: 0 });
  expect((await readLake(lab.objects)).coverage).toMatchObject([{ lost_gaps: 1, state: 'complete' }]);
});
