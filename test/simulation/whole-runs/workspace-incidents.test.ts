/** P18: what is wrong for all, and what an integration's own record can't tell, is told by the workspace's. */
import { describe, expect, test } from 'vitest';
import type { Alert } from '../../../lambda/alerts/alert.ts';
import type { Lie } from '../../../local/simulator/lies/lie.ts';
import { readLake } from '../checks/read-lake.ts';
import { type Lab, workspace } from '../lab/lab.ts';
import { alertPorts, RecordingSink } from '../lab/recording-sink.ts';
import { began, minute, steady, timedLab } from '../lab/timed-world.ts';

const quarter = 15 * minute;
const ids = ['a', 'b', 'c'];

interface Place {
  readonly lab: Lab;
  readonly told: readonly Alert[];
}

/** Three integrations that sync each quarter of an hour, exported once. */
async function exported(muted: readonly string[] = []): Promise<Place> {
  const lab = timedLab(Object.fromEntries(ids.map((id) => [id, steady(300, quarter)])), {
    now: began + minute,
  });
  const sink = new RecordingSink('topic');
  const ports = alertPorts([sink]);
  lab.alerts = { ...ports, settings: { ...ports.settings, muted: new Set(muted) } };
  await lab.run();
  return { lab, told: sink.arrived };
}

async function runs(lab: Lab, count: number): Promise<number> {
  let raised = 0;
  for (let run = 0; run < count; run += 1) {
    lab.now += quarter;
    raised += (await lab.run())?.receipt.incidents.raised ?? 0;
  }
  return raised;
}

const refused =
  (status: number): Lie =>
  () => ({ status, headers: {}, body: '{"message":"no"}' });
const shortOf = ({ event, kind, integration_id }: Alert) => [event, kind, integration_id];

describe('a key that is refused for hours', () => {
  for (const status of [401, 403])
    test(`is told once, not once an integration, and once that it is over (${status})`, async () => {
      const { lab, told } = await exported();
      lab.braze.lie = refused(status);
      expect(await runs(lab, 4)).toBe(0);
      expect(await runs(lab, 8)).toBe(1);
      lab.braze.lie = undefined;
      expect(await runs(lab, 2)).toBe(0);
      expect(told.map(shortOf)).toEqual([
        ['raised', 'not_exported', null],
        ['resolved', 'not_exported', null],
      ]);
      expect(new Set(told.map(({ id }) => id)).size).toBe(1);
      expect(told[0]?.summary).toMatch(
        /^Its history can not be exported: all integrations .*API key \(40[13]\)/,
      );
      expect(told[0]?.links.braze).toBeNull();
    });

  test('who has failed by himself before is still told of afterwards, and only then', async () => {
    const { lab, told } = await exported();
    const own: Lie = (truth, { integrationId, at }) =>
      integrationId === 'a' ? refused(403)(truth, { at } as never) : truth;
    lab.braze.lie = own;
    await runs(lab, 2);
    lab.braze.lie = refused(401);
    await runs(lab, 8);
    expect(told.map(shortOf)).toEqual([['raised', 'not_exported', null]]);
    lab.braze.lie = own;
    await runs(lab, 1);
    expect(told.slice(1).map(shortOf).sort()).toEqual([
      ['raised', 'not_exported', 'a'],
      ['resolved', 'not_exported', null],
    ]);
  });

  test('a run that has no time to ask anybody ends nothing', async () => {
    const { lab, told } = await exported();
    lab.braze.lie = refused(401);
    await runs(lab, 6);
    lab.braze.lie = undefined;
    lab.now += quarter;
    await lab.run({ deadline: lab.now });
    expect(told).toHaveLength(1);
    await runs(lab, 1);
    expect(told).toHaveLength(2);
  });
});

describe('P10: an integration whose record is damaged', () => {
  async function damage(lab: Lab, id: string): Promise<() => Promise<void>> {
    const item = `integration#${id}`;
    const record = await lab.checkpoints.get(workspace, item);
    if (!record) throw new Error('There is no record.');
    const version = record.version + 1;
    await lab.checkpoints.put(workspace, { ...record, version, data: 'damaged' }, record.version);
    return async () => {
      await lab.checkpoints.put(workspace, { ...record, version: version + 1 }, version);
    };
  }

  test('is told of after an hour, in the table as well, and once it was restored it is over', async () => {
    const { lab, told } = await exported();
    const restore = await damage(lab, 'b');
    await runs(lab, 4);
    expect(told).toEqual([]);
    expect(await runs(lab, 4)).toBe(1);
    expect(told.map(shortOf)).toEqual([['raised', 'not_exported', 'b']]);
    expect(told[0]?.summary).toMatch(/: b \(workspace tested\), .* damaged and was left as it is/);
    const { standing } = await readLake(lab.objects);
    expect(standing.map(({ integration_id, incidents }) => [integration_id, incidents])).toEqual([
      ['a', null],
      ['b', told[0]?.id],
      ['c', null],
    ]);
    await restore();
    await runs(lab, 2);
    expect(told.slice(1).map(shortOf)).toEqual([['resolved', 'not_exported', 'b']]);
    expect((await readLake(lab.objects)).standing.map(({ incidents }) => incidents)).toEqual([
      null,
      null,
      null,
    ]);
  });

  test('is told of nowhere where it is muted', async () => {
    const { lab, told } = await exported(['b']);
    await damage(lab, 'b');
    expect(await runs(lab, 8)).toBe(0);
    expect(told).toEqual([]);
  });

  test('what has not arrived waits in the record of the workspace', async () => {
    const { lab, told } = await exported();
    const [sink] = (lab.alerts?.sinks ?? []) as RecordingSink[];
    if (!sink) throw new Error('There is no sink.');
    await damage(lab, 'b');
    sink.receive = () => 'is refused';
    await runs(lab, 8);
    expect(told).toEqual([]);
    sink.receive = () => 'arrives';
    await runs(lab, 2);
    expect(told.map(shortOf)).toEqual([['raised', 'not_exported', 'b']]);
  });
});
