/** What changes of an integration is told once, whatever crashes: P2. */
import { expect, test } from 'vitest';
import { changesKey, integrationsKey } from '../../../lambda/schema/keys.ts';
import type { IntegrationJson, World } from '../../../local/simulator/world.ts';
import { readLake } from '../checks/read-lake.ts';
import { Process } from '../lab/disturbance.ts';
import { Lab, workspace } from '../lab/lab.ts';
import { Random } from '../lab/random.ts';
import { began, hour, listed } from '../lab/timed-world.ts';

/** A workspace of integrations without syncs, of which names and the like change. */
class Renamed {
  readonly integrations = new Map(['a', 'b'].map((id) => [id, listed(id)]));
  readonly lab: Lab;

  constructor() {
    const world: World = { integrations: () => [...this.integrations.values()], rows: () => [] };
    this.lab = new Lab(new Random(1), world, { now: began, limits: { list: 5000, status: 5000 } });
  }

  set(id: string, more: Partial<IntegrationJson>): void {
    this.integrations.set(id, { ...listed(id), ...this.integrations.get(id), ...more });
  }

  async run(process = new Process()): Promise<void> {
    this.lab.now += hour;
    await this.lab.run({}, process);
  }
}

async function told(lab: Lab) {
  const { changes } = await readLake(lab.objects);
  return changes.map(({ integration_id, field, before, after }) => [integration_id, field, before, after]);
}

test('the first export tells nothing; then who is new, renamed, paused, gone and back', async () => {
  const site = new Renamed();
  await site.run();
  expect(site.lab.objects.keys()).toContain(changesKey(workspace));
  expect(await told(site.lab)).toEqual([]);
  site.set('c', {});
  site.set('a', { integration_name: 'Renamed' });
  await site.run();
  site.set('a', { integration_status: 'paused' });
  site.integrations.delete('b');
  // Who is missing is gone when a list an hour later misses it, too.
  for (let runs = 0; runs < 3; runs += 1) await site.run();
  site.set('b', {});
  await site.run();
  expect(await told(site.lab)).toEqual([
    ['a', 'integration_name', 'a', 'Renamed'],
    ['c', 'listed', null, 'true'],
    ['a', 'integration_status', 'active', 'paused'],
    ['b', 'listed', 'true', 'false'],
    ['b', 'listed', 'false', 'true'],
  ]);
});

test('P2: each once, where the process dies before or after any call', async () => {
  const site = new Renamed();
  await site.run();
  site.set('a', { integration_name: 'Renamed' });
  site.set('c', {});
  const left: Lab[] = [];
  const process = new Process();
  process.watch = () => left.push(site.lab.fork(new Random(7)));
  await site.run(process);
  const expected = [
    ['a', 'integration_name', 'a', 'Renamed'],
    ['c', 'listed', null, 'true'],
  ];
  expect(await told(site.lab)).toEqual(expected);
  expect(left.length).toBeGreaterThan(20);
  for (const [index, crashed] of left.entries()) {
    crashed.now += hour;
    await crashed.run();
    expect(await told(crashed), `fork ${index}`).toEqual(expected);
  }
});

test.each([
  ['', []],
  [', also where the run in between does not ask for the list', [{ integrations: ['b'] }]],
])('P2: what was told before a crash and has been taken back since is told, too%s', async (_, between) => {
  const site = new Renamed();
  await site.run();
  site.set('a', { integration_name: 'Renamed' });
  const left: Lab[] = [];
  const process = new Process();
  process.watch = () => left.push(site.lab.fork(new Random(7)));
  await site.run(process);
  site.set('a', { integration_name: 'a' });
  const lengths = new Set<number>();
  for (const crashed of left) {
    for (const options of [...between, {}]) {
      crashed.now += hour;
      await crashed.run(options);
    }
    const changes = await told(crashed);
    lengths.add(changes.length);
    // Either nobody has seen it, or its way there and back was seen.
    expect(changes.at(-1)?.at(-1) ?? 'a').toBe('a');
  }
  expect([...lengths].sort()).toEqual([0, 2]);
});

test('P10: damaged, it is left as it is and said, and integrations waits; restored, nothing was lost', async () => {
  const site = new Renamed();
  await site.run();
  const key = changesKey(workspace);
  const whole = site.lab.objects.bodyOf(key) ?? new Uint8Array();
  site.lab.objects.lose(key);
  await site.lab.objects.put(key, Buffer.from('damaged'), undefined);
  const before = site.lab.objects.bodyOf(integrationsKey(workspace));
  site.set('a', { integration_name: 'Renamed' });
  site.lab.now += hour;
  const result = await site.lab.run();
  expect(result?.failures).toEqual([expect.stringContaining(`${key} is damaged`)]);
  expect(site.lab.objects.bodyOf(integrationsKey(workspace))).toEqual(before);
  site.lab.objects.lose(key);
  await site.lab.objects.put(key, whole, undefined);
  await site.run();
  expect(await told(site.lab)).toEqual([['a', 'integration_name', 'a', 'Renamed']]);
});
