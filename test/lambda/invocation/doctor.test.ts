/** The event of the doctor: the deployed key and stores are looked at, and nothing is written. */
import { expect, test } from 'vitest';
import type { Diagnosis } from '../../../lambda/doctor/check.ts';
import { StoreFailure } from '../../../lambda/errors/store-failure.ts';
import { syncs, worldOf } from '../../end-to-end/workspace.ts';
import { troubles } from '../doctor/examining.ts';
import { type InvokingOptions, invoking, sentinel } from './invoking.ts';

/** Those of the simulated Braze. */
const limits = { requestsPerMinute: 100, listRequestsPerMinute: 50 };

async function asked(options: InvokingOptions = {}, hasRun = false) {
  const invoked = await invoking(
    { world: worldOf({ a: syncs(23), b: syncs(4) }) },
    { settings: limits, ...options },
  );
  if (hasRun) await invoked.invoke();
  const before = invoked.objects.keys();
  const answer: unknown = await invoked.invoke({ workspace: 'shop', doctor: true });
  expect(invoked.objects.keys()).toEqual(before);
  expect(JSON.stringify(answer) + JSON.stringify(invoked.output.lines())).not.toContain(sentinel);
  return { ...invoked, diagnosis: answer as Diagnosis };
}

test('before the first run it finds a sound set-up, and writes nothing', async () => {
  const { diagnosis, checkpoints, output } = await asked();
  expect(troubles(diagnosis)).toEqual([]);
  expect(diagnosis.categories.at(-1)?.checks.map(({ name, seen }) => `${name}: ${seen}`)).toEqual([
    'bucket: open; nothing of this workspace yet',
    'table: open; nothing of this workspace yet',
  ]);
  expect(await checkpoints.list('shop')).toEqual([]);
  expect(output.lines()).toEqual([expect.objectContaining({ message: 'doctor ended', is_sound: true })]);
});

test('after a run it reads what is there', async () => {
  const { diagnosis } = await asked({}, true);
  expect(diagnosis.categories.at(-1)?.checks.map(({ seen }) => seen)).toEqual([
    'open, and read',
    'open, and read',
  ]);
});

test('a secret without a key is a finding with the command that sets it, and Braze is not asked', async () => {
  const { diagnosis, server } = await asked({ secret: undefined });
  expect(troubles(diagnosis)).toEqual(['failed key, form']);
  const [form] = diagnosis.categories.find(({ name }) => name === 'key')?.checks ?? [];
  expect(form?.hint).toContain('put-secret-value');
  expect(server.requests).toEqual([]);
});

test('a key that Braze does not know is a finding, and no failed run', async () => {
  const { diagnosis } = await asked({ secret: 'another-key' });
  expect(troubles(diagnosis)).toEqual(['failed key, accepted']);
});

test('beside a test alert it is wrong use', async () => {
  const { invoke } = await invoking({ world: worldOf({ a: syncs(1) }) });
  await expect(invoke({ workspace: 'shop', doctor: true, test: 'alert' })).rejects.toThrow(
    'The event must be',
  );
  await expect(invoke({ workspace: 'shop', doctor: false })).rejects.toThrow('"doctor": true');
});

test('a bucket that is closed to the function is a finding with the sentence of its store', async () => {
  const { objects, invoke } = await invoking({ world: worldOf({ a: syncs(1) }) }, { settings: limits });
  objects.get = () => Promise.reject(new StoreFailure('The bucket x is closed: give the role s3:GetObject.'));
  const answer: unknown = await invoke({ workspace: 'shop', doctor: true });
  expect(troubles(answer as Diagnosis)).toEqual(['failed stores, bucket']);
  expect(JSON.stringify(answer)).toContain('give the role s3:GetObject.');
});
