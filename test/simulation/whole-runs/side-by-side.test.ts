/** P7: a limit is used up, also where answers take their time; and what is under way harms nothing. */
import { expect, test } from 'vitest';
import { readLake } from '../checks/read-lake.ts';
import { Process } from '../lab/disturbance.ts';
import { minute, steadyLab } from '../lab/steady-lab.ts';

function laboratory(integrations: number, rows: number, latency: number) {
  return steadyLab({ integrations, rows }, { latency: [latency, latency] });
}

test.each([
  [100, 0.99],
  [1200, 0.98],
  [2500, 0.98],
])('P7: with answers that take %i ms, a run of 15 minutes uses %f of the limit', async (latency, share) => {
  const lab = laboratory(12, 1500, latency);
  const result = await lab.run({ deadline: lab.now + 15 * minute });
  const used = (result?.receipt.requests.status ?? 0) / 1500;
  expect(used).toBeGreaterThanOrEqual(share);
  expect(lab.braze.busiestMinute('status')).toBeLessThanOrEqual(100);
  expect(lab.braze.log.every(({ status }) => status === 200)).toBe(true);
});

test('one integration has one request under way at a time, and the first of the list and of the rest go alone', async () => {
  const lab = laboratory(12, 60, 1000);
  const underWay: string[] = [];
  const seen: number[] = [];
  const process = new Process();
  const wrap = process.wrap.bind(process);
  process.wrap = (ports) =>
    wrap({
      ...ports,
      transport: async (request) => {
        const path = request.path.split('?')[0] ?? '';
        expect(underWay).not.toContain(path);
        underWay.push(path);
        seen.push(underWay.length);
        const reply = await ports.transport(request);
        underWay.splice(underWay.indexOf(path), 1);
        return reply;
      },
    });
  await lab.run({}, process);
  // The list's first page, and the first page of an integration; then several, and the list's next page beside them.
  expect(seen.slice(0, 4)).toEqual([1, 1, 1, 2]);
  expect(lab.braze.log.slice(0, 2).map(({ kind }) => kind)).toEqual(['list', 'status']);
  expect(Math.max(...seen)).toBe(12);
});

test('P8: at the deadline, what is under way is awaited and kept', async () => {
  const lab = laboratory(12, 600, 2500);
  // The limit is used up before half of it, and the next request does not fit.
  const result = await lab.run({ deadline: lab.now + 50_000 });
  const answered = lab.braze.log.filter(({ kind }) => kind === 'status').length;
  expect(result?.receipt).toMatchObject({ outcome: 'suspended', requests: { status: answered } });
  expect(result?.receipt.rows.new).toBe(10 * (result?.receipt.pages ?? 0));
  expect((await readLake(lab.objects)).syncs.length).toBe(result?.receipt.rows.new);
  expect([answered, result?.receipt.pages]).toEqual([100, 100]);
});
