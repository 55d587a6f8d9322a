import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { StoreFailure } from '../../../lambda/errors/store-failure.ts';
import { makeFolder } from '../../../local/stores/make-folder.ts';
import { scratchFolder } from './scratch.ts';

const isRoot = process.getuid?.() === 0;

test('what is missing is made, the highest first, and what is there is left alone', () => {
  const folder = join(scratchFolder(), 'a', 'b');
  expect(makeFolder(folder)).toEqual([join(folder, '..'), folder]);
  expect(makeFolder(folder)).toEqual([]);
});

describe('where nothing can be made, a sentence says so', () => {
  test.runIf(existsSync('/proc/self'))('below a file system that denies what it does not let be made', () => {
    expect(() => makeFolder('/proc/x/data/tmp')).toThrow(StoreFailure);
    expect(() => makeFolder('/proc/x/data/tmp')).toThrow(
      '/proc/x can not be made: /proc lets nothing be made in it. Choose another folder with --data.',
    );
  });

  test('below a file', () => {
    const file = join(scratchFolder(), 'file');
    writeFileSync(file, '');
    expect(() => makeFolder(join(file, 'a', 'b'))).toThrow(/something on the way to it is a file/);
    expect(() => makeFolder(join(file, 'a'))).toThrow(StoreFailure);
  });

  test.skipIf(isRoot || process.platform === 'win32')('in a folder that is read-only, which it names', () => {
    const folder = join(scratchFolder(), 'read-only');
    mkdirSync(folder, { mode: 0o555 });
    expect(() => makeFolder(join(folder, 'a', 'b'))).toThrow(
      `${join(folder, 'a')} can not be made: ${folder} is not open to this user: give them access to it`,
    );
    chmodSync(folder, 0o755);
  });
});
