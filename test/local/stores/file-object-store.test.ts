import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { LostRace } from '../../../lambda/errors/lost-race.ts';
import { StoreFailure } from '../../../lambda/errors/store-failure.ts';
import { entityTag } from '../../../lambda/objects/entity-tag.ts';
import { FileObjectStore } from '../../../local/stores/file-object-store.ts';
import { objectStoreContract } from '../../lambda/objects/object-store.contract.ts';
import { startChild } from './child.ts';
import { filesBelow, scratchFolder } from './scratch.ts';

objectStoreContract('FileObjectStore', async () => {
  const directory = scratchFolder();
  return () => new FileObjectStore(directory);
});

const body = new TextEncoder().encode('one');

describe('FileObjectStore', () => {
  test('an object is the file of its key, and nothing else is left, whether written or refused', async () => {
    const directory = scratchFolder();
    const store = new FileObjectStore(directory);

    await store.put('a/workspace=w/b.gz', body, undefined);
    await expect(store.put('a/workspace=w/b.gz', body, undefined)).rejects.toThrow(LostRace);
    await expect(store.put('a/never.gz', body, 'a tag')).rejects.toThrow(LostRace);

    expect(readFileSync(join(directory, 'lake/a/workspace=w/b.gz'), 'utf8')).toBe('one');
    expect(filesBelow(directory)).toEqual(['lake/a/workspace=w/b.gz', 'tmp/lake.lock']);
  });

  test('P9: two processes that count one object up lose nothing', async () => {
    const directory = scratchFolder();
    const program = join(import.meta.dirname, 'increment-object.ts');

    const children = [startChild(program, directory, '150'), startChild(program, directory, '150')];

    expect(await Promise.all(children.map((child) => child.exited))).toEqual([0, 0]);
    expect(readFileSync(join(directory, 'lake/counter'), 'utf8')).toBe('300');
  });

  test('P2: killed at any moment, it leaves only whole objects, and the next process goes on at once', async () => {
    const directory = scratchFolder();

    for (const lines of [1, 2, 3, 4, 6, 9, 14, 22, 35, 56]) {
      const child = startChild(join(import.meta.dirname, 'write-for-ever.ts'), directory);
      for (let line = 0; line < lines; line += 1) expect(await child.nextLine()).toBeDefined();
      await child.kill();

      const found = filesBelow(join(directory, 'lake'));
      expect(['a/one', 'a/two', 'b/c/three', 'four', 'next']).toEqual(expect.arrayContaining(found));
      for (const key of found.filter((key) => key !== 'next')) {
        const content = readFileSync(join(directory, 'lake', key));
        expect(entityTag(content.subarray(64))).toBe(content.toString('latin1', 0, 64));
      }

      const next = new FileObjectStore(directory);
      expect(readdirSync(join(directory, 'tmp'))).toEqual(['lake.lock']);
      await next.put('next', body, (await next.get('next'))?.etag);
    }
  });

  test.each(['', '/a', 'a//b', 'a/', '../a', 'a/../../b', './a', '.', '..'])(
    'the key %j leads nowhere',
    async (key) => {
      const directory = scratchFolder();
      const store = new FileObjectStore(directory);

      await expect(store.put(key, body, undefined)).rejects.toThrow(/can't be a file's path/);
      await expect(store.get(key)).rejects.toThrow(/can't be a file's path/);
      expect(filesBelow(directory)).toEqual([]);
    },
  );

  test('what the file system refuses is said with its path and what to do, and leaves nothing behind', async () => {
    const directory = scratchFolder();
    const store = new FileObjectStore(directory);
    mkdirSync(join(directory, 'lake/folder/below'), { recursive: true });
    writeFileSync(join(directory, 'lake/file'), 'a file');

    const refused = async (work: Promise<unknown>, path: string, advice: RegExp) => {
      const error = await work.then(
        () => undefined,
        (error: unknown) => error,
      );
      expect(error).toBeInstanceOf(StoreFailure);
      expect(String(error)).toContain(`${join(directory, path)} `);
      expect(String(error)).toMatch(advice);
    };
    await refused(store.get('folder'), 'lake/folder', /is a folder where a file should be: move it away\.$/);
    await refused(store.put('folder', body, undefined), 'lake/folder', /is a folder/);
    await refused(store.put('file/a', body, undefined), 'lake/file/a', /is a file where a folder should be/);
    await refused(store.put('a'.repeat(300), body, undefined), `lake/${'a'.repeat(300)}`, /longer than/);

    expect(filesBelow(directory)).toEqual(['lake/file', 'tmp/lake.lock']);
  });

  test('a data folder that can not be made is named', async () => {
    const directory = join(scratchFolder(), 'data');
    writeFileSync(directory, 'a file');

    await expect(new FileObjectStore(directory).put('a', body, undefined)).rejects.toThrow(
      `${join(directory, 'tmp')} can not be reached, something on the way to it is a file`,
    );
  });
});
