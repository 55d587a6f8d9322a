import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tryToWrite } from '../../../local/stores/try-to-write.ts';
import { scratchFolder } from './scratch.ts';

const choice = 'another file with --report';

test('where nothing stands, nothing is left', async () => {
  const folder = scratchFolder();
  await tryToWrite(join(folder, 'new'), choice);
  expect(readdirSync(folder)).toEqual([]);
});

test('a link stays, that leads to nothing yet', async () => {
  const folder = scratchFolder();
  symlinkSync(join(folder, 'target'), join(folder, 'link'));
  await tryToWrite(join(folder, 'link'), choice);
  expect(readdirSync(folder)).toEqual(['link']);
});

test('what stands there stays', async () => {
  const file = join(scratchFolder(), 'file');
  writeFileSync(file, 'kept');
  const { mtimeMs } = statSync(file);
  await tryToWrite(file, choice);
  expect({ text: readFileSync(file, 'utf8'), mtimeMs: statSync(file).mtimeMs }).toEqual({
    text: 'kept',
    mtimeMs,
  });
});

test('what can not be written is told, and nothing is made on the way there', async () => {
  const folder = scratchFolder();
  const file = join(folder, 'file');
  writeFileSync(file, 'kept');
  mkdirSync(join(folder, 'folder'));
  await expect(tryToWrite(join(folder, 'folder'), choice)).rejects.toThrow(
    /is a folder where a file should be/,
  );
  await expect(tryToWrite(join(file, 'it'), choice)).rejects.toThrow(/is a file where a folder should be/);
  await expect(tryToWrite(join(folder, 'none/it'), choice)).rejects.toThrow(
    /choose another file with --report\.$/,
  );
  expect(existsSync(join(folder, 'none'))).toBe(false);
});

test.skipIf(process.platform === 'win32')('a pipe is not opened: nobody may be reading it yet', async () => {
  const pipe = join(scratchFolder(), 'pipe');
  execFileSync('mkfifo', [pipe]);
  await tryToWrite(pipe, choice);
});
