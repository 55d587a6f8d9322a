import { existsSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { FolderLock } from '../../../local/stores/folder-lock.ts';
import { startChild } from './child.ts';
import { scratchFolder } from './scratch.ts';

const holder = join(import.meta.dirname, 'hold-lock.ts');

describe('FolderLock', () => {
  test('keeps pieces of work apart, of one lock and of two on one file, and gives back their results', async () => {
    const file = join(scratchFolder(), 'tmp', 'a.lock');
    const locks = [new FolderLock(file), new FolderLock(file)];
    let inside = 0;
    let most = 0;

    const results = await Promise.all(
      Array.from({ length: 40 }, (_, index) =>
        locks[index % 2]?.hold(async () => {
          inside += 1;
          most = Math.max(most, inside);
          await new Promise(setImmediate);
          inside -= 1;
          return index;
        }),
      ),
    );

    expect(most).toBe(1);
    expect(results).toEqual(Array.from({ length: 40 }, (_, index) => index));
  });

  test('work of one process comes in turn, and does not lose its patience with what came before it', async () => {
    const lock = new FolderLock(join(scratchFolder(), 'a.lock'), 0);
    const done: number[] = [];

    await Promise.all(
      Array.from({ length: 40 }, (_, index) =>
        lock.hold(async () => {
          await new Promise(setImmediate);
          done.push(index);
        }),
      ),
    );

    expect(done).toEqual(Array.from({ length: 40 }, (_, index) => index));
  });

  test('is free again after work that failed, and nothing is ever written to its file', async () => {
    const file = join(scratchFolder(), 'a.lock');
    const lock = new FolderLock(file);

    await expect(lock.hold(() => Promise.reject(new Error('the work failed')))).rejects.toThrow(
      'the work failed',
    );

    expect(await lock.hold(async () => 'done')).toBe('done');
    expect(await new FolderLock(file, 0).hold(async () => 'done')).toBe('done');
    expect(statSync(file).size).toBe(0);
    expect(existsSync(`${file}-journal`)).toBe(false);
  });

  test('P2, P9: waits for a process that holds it, gives up with a sentence, and has it once that is killed', async () => {
    const file = join(scratchFolder(), 'a.lock');
    const child = startChild(holder, file);
    await child.nextLine();

    const impatient = new FolderLock(file, 60).hold(async () => 'not alone');
    await expect(impatient).rejects.toThrow(
      /Another process has held .*a\.lock for .* seconds\. If it hangs/,
    );

    let held = false;
    const waiting = new FolderLock(file).hold(async () => {
      held = true;
    });
    // The loop stays free while the lock is asked for.
    for (let turn = 0; turn < 100; turn += 1) await new Promise(setImmediate);
    expect(held).toBe(false);
    await child.kill();
    await waiting;
    expect(held).toBe(true);
  });

  test('says what to do where it can not lock', async () => {
    const file = join(scratchFolder(), 'a.lock');
    writeFileSync(file, 'this is no database. '.repeat(100));

    await expect(new FolderLock(file).hold(async () => 'done')).rejects.toThrow(
      /a\.lock could not be locked \(file is not a database\)\. Let this user write there/,
    );
  });
});
