/** P17: what is held to be final is looked at again within a day, a week and a month of its start. */
import { expect, test } from 'vitest';
import { readLake } from '../checks/read-lake.ts';
import { began, hour, minute, steady, sync, timedLab } from '../lab/timed-world.ts';

const day = 24 * hour;

/** Runs every 15 minutes for so long; gives the requests of each. */
async function runFor(
  lab: ReturnType<typeof timedLab>,
  ms: number,
  everyMs = 15 * minute,
): Promise<number[]> {
  const requests: number[] = [];
  for (const end = lab.now + ms; lab.now < end; ) {
    const from = lab.now;
    const result = await lab.run({ deadline: from + 13.5 * minute });
    requests.push(result?.receipt.requests.status ?? 0);
    lab.now = Math.max(lab.now, from + everyMs);
  }
  return requests;
}

/** 2,000 syncs, 5 minutes apart; the one of that age changes from `error` to `success` after the first run. */
function retried(ageMs: number) {
  const start = began - ageMs;
  const rows = steady(2000, 5 * minute).filter(({ listedAt }) => listedAt !== start);
  const row = sync(start, { job_status: 'error', rows_synced: 0 });
  const lab = timedLab({ a: [...rows, { listedAt: start, row }].sort((x, y) => x.listedAt - y.listedAt) });
  const retry = (): void => void Object.assign(row, { job_status: 'success', rows_synced: 7 });
  const seen = async () =>
    (await readLake(lab.objects)).syncs.filter(({ rows_synced }) => rows_synced === 7).length;
  return { lab, retry, seen };
}

test('a final row that changes below the first page is seen within a day', async () => {
  const { lab, retry, seen } = retried(2 * hour);
  await lab.run();
  retry();
  await lab.run();
  expect(await seen()).toBe(0);
  await runFor(lab, day);
  expect(await seen()).toBe(1);
});

test('one that is a day old or older, within a week', async () => {
  const { lab, retry, seen } = retried(8 * hour);
  await lab.run();
  await runFor(lab, day, hour);
  retry();
  await runFor(lab, 2 * day, hour);
  expect(await seen()).toBe(0);
  await runFor(lab, 5 * day, hour);
  expect(await seen()).toBe(1);
});

test('--recheck sees it now, and says when the whole history was read again', async () => {
  const { lab, retry, seen } = retried(40 * hour);
  await lab.run();
  retry();
  await lab.run({ recheck: 12 * hour });
  expect(await seen()).toBe(0);
  const { receipt } = (await lab.run({ recheck: 'all' })) ?? {};
  expect(await seen()).toBe(1);
  expect(receipt).toMatchObject({ outcome: 'complete', rows: { new: 0, updated: 1 }, late: 0 });
  expect((await readLake(lab.objects)).coverage).toMatchObject([
    { late_rows: 0, rechecked_at: expect.any(String) },
  ]);
});

test('--recheck that finds two final rows of one start on two pages, as before, says that it has changed nothing', async () => {
  // Ten rows are a page, the newest first: the tenth row, and the eleventh.
  const begins = began - 9 * hour;
  const twin = {
    listedAt: begins,
    row: sync(begins, { sync_finish_time: new Date(begins + 99_000).toISOString() }),
  };
  for (const order of [0, 1]) {
    const rows = steady(40).filter(({ listedAt }) => listedAt <= began);
    const place = rows.findIndex(({ listedAt }) => listedAt === begins);
    const lab = timedLab({ a: rows.toSpliced(place + order, 0, twin) });
    await lab.run();
    const { receipt } = (await lab.run({ recheck: 'all' })) ?? {};
    expect(receipt).toMatchObject({
      outcome: 'complete',
      rows: { new: 0, updated: 0, quarantined: 0 },
      late: 0,
    });
  }
});

test('--recheck goes on in the next run where a deadline cut it short', async () => {
  const { lab, retry, seen } = retried(40 * hour);
  await lab.run();
  retry();
  const first = await lab.run({ recheck: 'all', deadline: lab.now + 1000 });
  expect(first?.receipt.outcome).toBe('suspended');
  await lab.run();
  expect(await seen()).toBe(1);
});

test('a row that turns up some places down is joined and counted, and the order stands', async () => {
  const rows = steady(400, 15 * minute);
  const late = began - 2 * hour - 7 * minute;
  const a = [...rows, { listedAt: began + 2 * hour + 2 * minute, row: sync(late) }].sort((x, y) =>
    String(x.row.sync_start_time) < String(y.row.sync_start_time) ? -1 : 1,
  );
  const lab = timedLab({ a });
  await lab.run();
  const requests = await runFor(lab, day);
  const { coverage, syncs } = await readLake(lab.objects);
  expect(syncs.some(({ raw }) => String(raw).includes(new Date(late).toISOString()))).toBe(true);
  expect(coverage).toMatchObject([{ late_rows: 1, row_order: 'newest_first', state: 'complete' }]);
  // A request a run, and the pages of the day once more.
  expect(requests.reduce((sum, each) => sum + each, 0)).toBeLessThan(requests.length * 1.15);
});

test('a look takes no more than a fifth of what a run may ask for', async () => {
  const lab = timedLab({ a: steady(5000, 5 * minute) }, { limits: { list: 50, status: 100 } });
  await lab.run();
  lab.now += 28 * day;
  await lab.run();
  const result = await lab.run({ deadline: lab.now + 2 * minute });
  expect(result?.receipt.requests.status).toBeLessThanOrEqual(1 + 40);
  expect(result?.receipt.outcome).toBe('complete');
});

test('looks of a month do not keep those of a day from the others', async () => {
  const ids = Array.from({ length: 15 }, (_, index) => `i${String(index).padStart(2, '0')}`);
  const rows = Object.fromEntries(ids.map((id) => [id, steady(400, 15 * minute)]));
  const lab = timedLab(rows, { limits: { list: 50, status: 30 } });
  await lab.run();
  lab.now += 27 * day;
  const before = lab.now;
  await runFor(lab, 6 * hour);
  const records = await lab.checkpoints.list('tested');
  const looks = records.flatMap(({ data }) => {
    const { looks } = data as { looks?: { day: { last: string } } };
    return looks ? [Date.parse(`${looks.day.last}Z`)] : [];
  });
  expect(looks).toHaveLength(ids.length);
  expect(Math.min(...looks)).toBeGreaterThanOrEqual(before);
});
