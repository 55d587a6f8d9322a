/** What the record of a workspace does not say is found out from its lake. */
import { expect, test } from 'vitest';
import { workspace } from '../../simulation/lab/lab.ts';
import { minute, steady, timedLab } from '../../simulation/lab/timed-world.ts';

test('P20: where it is not known which months are behind, and there is a lake, all of them are made anew', async () => {
  const lab = timedLab({ a: steady(3) });
  await lab.run();
  for (const record of await lab.checkpoints.list(workspace)) {
    const data =
      record.item === 'workspace' ? { ...(record.data as object), months_behind: null } : record.data;
    await lab.checkpoints.put(workspace, { ...record, version: record.version + 1, data }, record.version);
  }
  const months: string[] = [];
  const get = lab.objects.get.bind(lab.objects);
  lab.objects.get = async (key) => {
    if (key.startsWith('days/')) months.push(key);
    return await get(key);
  };
  lab.now += 15 * minute;
  await lab.run();
  expect(months.length).toBeGreaterThan(50);
  months.length = 0;
  await lab.run();
  expect(months).toEqual([]);
});
