import { hostname } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { localOwner, processIsDead } from '../../../local/stores/local-owner.ts';
import { startChild } from './child.ts';
import { scratchFolder } from './scratch.ts';

describe('processIsDead', () => {
  test('an owner of this process lives, and every call gives another', () => {
    const owner = localOwner();

    expect(owner).toMatch(/^[^:]+:\d+:[0-9a-f]+$/);
    expect(owner.startsWith(`${hostname()}:${process.pid}:`)).toBe(true);
    expect(localOwner()).not.toBe(owner);
    expect(processIsDead(owner)).toBe(false);
  });

  test('an owner of another process lives until that is killed', async () => {
    const child = startChild(join(import.meta.dirname, 'hold-lock.ts'), join(scratchFolder(), 'a.lock'));
    const owner = (await child.nextLine()) ?? '';

    expect(owner).toContain(`:${child.pid}:`);
    expect(processIsDead(owner)).toBe(false);
    await child.kill();
    expect(processIsDead(owner)).toBe(true);
  });

  test('an earlier process that had the number of this one is dead', () => {
    expect(processIsDead(`${hostname()}:${process.pid}:0123456789abcdef`)).toBe(true);
  });

  test.each([
    ['another host', `elsewhere.example:${process.pid}:0123456789abcdef`],
    ['a process of another user', `${hostname()}:1:0123456789abcdef`],
    ['no process', `${hostname()}:0:0123456789abcdef`],
    ['a group of processes', `${hostname()}:-1:0123456789abcdef`],
    ['nobody', ''],
    ['somebody else’s form', `${hostname()}:${process.pid}`],
  ])('%s is not known to be dead', (_, owner) => {
    expect(processIsDead(owner)).toBe(false);
  });
});
