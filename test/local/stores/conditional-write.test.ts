/** What writes that wait for one lock together do to each other. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ConditionalWrites } from '../../../local/stores/conditional-write.ts';
import { FolderLock } from '../../../local/stores/folder-lock.ts';
import { scratchFolder } from './scratch.ts';

const always = async () => {};
const never = async () => {
  throw new Error('somebody was first');
};

test('of writes that wait for one lock, one that must not be written holds none of the others back', async () => {
  const folder = scratchFolder();
  const writes = new ConditionalWrites(folder, 'lake');
  const file = (name: string) => join(folder, 'lake', name, 'rows');
  const outcomes = await new FolderLock(join(folder, 'tmp', 'lake.lock')).hold(async () => {
    const all = ['a', 'b', 'c'].map((name) => writes.write(file(name), name, name === 'b' ? never : always));
    return { settled: Promise.allSettled(all) };
  });
  const settled = await outcomes.settled;
  expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(readFileSync(file('a'), 'utf8') + readFileSync(file('c'), 'utf8')).toBe('ac');
  expect(() => readFileSync(file('b'))).toThrow('ENOENT');
});

test('of two writes of one file under one lock the second sees the first', async () => {
  const folder = scratchFolder();
  const writes = new ConditionalWrites(folder, 'lake');
  const file = join(folder, 'lake', 'rows');
  const seen: string[] = [];
  const look = async () => {
    try {
      seen.push(readFileSync(file, 'utf8'));
    } catch {
      seen.push('nothing');
    }
  };
  await Promise.all([writes.write(file, 'x', look), writes.write(file, 'x', look)]);
  expect(seen).toEqual(['nothing', 'x']);
});

test('all that wait for a lock that is not to be had are told, and the next write finds it free', async () => {
  const folder = scratchFolder();
  const writes = new ConditionalWrites(folder, 'lake', 20);
  const file = join(folder, 'lake', 'rows');
  const lock = new FolderLock(join(folder, 'tmp', 'lake.lock'));
  await lock.hold(async () => {
    const both = [writes.write(file, 'x', always), writes.write(file, 'x', always)];
    for (const outcome of await Promise.allSettled(both))
      expect(outcome).toMatchObject({ status: 'rejected', reason: { name: 'StoreFailure' } });
  });
  await writes.write(file, 'y', always);
  expect(readFileSync(file, 'utf8')).toBe('y');
});
