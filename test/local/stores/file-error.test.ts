import { expect, test } from 'vitest';
import { StoreFailure } from '../../../lambda/errors/store-failure.ts';
import { explaining } from '../../../local/stores/file-error.ts';

const refusal = (code: string) =>
  Object.assign(new Error(`${code}: refused`), { code, syscall: 'write', errno: -1 });

test.each([
  ['ENOSPC', '/data/tmp could not be written, the disk is full: free some space and run again.'],
  [
    'EACCES',
    '/data/tmp is not open to this user: give them access to it, or choose another folder with --data.',
  ],
  ['EROFS', '/data/tmp is on a file system that is read-only: choose another folder with --data.'],
  ['EIO', '/data/tmp could not be read or written (EIO): check its disk, and run again.'],
])('%s becomes a sentence', async (code, message) => {
  const failing = explaining('/data/tmp', () => Promise.reject(refusal(code)));

  await expect(failing).rejects.toThrow(message);
  await expect(failing).rejects.toBeInstanceOf(StoreFailure);
});

test('the innermost path is named, and other errors pass as they are', async () => {
  const inner = () => explaining('/inner', () => Promise.reject(refusal('EIO')));
  const other = new Error('another run was faster');

  await expect(explaining('/outer', inner)).rejects.toThrow(/^\/inner /);
  await expect(explaining('/outer', () => Promise.reject(other))).rejects.toBe(other);
});
