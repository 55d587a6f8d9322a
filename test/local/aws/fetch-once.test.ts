import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { fetchOnce } from '../../../local/aws/fetch-once.ts';

let folder: string;

beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'fetch-once-')), 'tools');
});

afterEach(() => rm(join(folder, '..'), { recursive: true }));

const writing = (text: string) => vi.fn((partial: string) => writeFile(join(partial, 'tool'), text));
const tool = (path: string) => readFile(join(path, 'tool'), 'utf8');

test('a tool is fetched once', async () => {
  const first = await fetchOnce({ name: 'tool', version: '1', fetch: writing('one') }, folder);
  const again = writing('two');
  expect(await fetchOnce({ name: 'tool', version: '1', fetch: again }, folder)).toBe(first);
  expect(again).not.toHaveBeenCalled();
  expect(await tool(first)).toBe('one');
});

test('another version is fetched anew and replaces the one before, and nothing else', async () => {
  await fetchOnce({ name: 'tool', version: '1', fetch: writing('one') }, folder);
  await fetchOnce({ name: 'other', version: '1', fetch: writing('other') }, folder);
  const second = await fetchOnce({ name: 'tool', version: '2', fetch: writing('two') }, folder);
  expect(await tool(second)).toBe('two');
  expect((await readdir(folder)).sort()).toEqual(['other-1', 'tool-2']);
});

test('a fetch that fails leaves nothing, and is done anew the next time', async () => {
  const failing = async (partial: string) => {
    await writeFile(join(partial, 'tool'), 'half');
    throw new Error('no network');
  };
  await expect(fetchOnce({ name: 'tool', version: '1', fetch: failing }, folder)).rejects.toThrow(
    'no network',
  );
  expect(await readdir(folder)).toEqual([]);
  expect(await tool(await fetchOnce({ name: 'tool', version: '1', fetch: writing('one') }, folder))).toBe(
    'one',
  );
});

test('what a killed process left is removed, what a living one fetches is not', async () => {
  const { pid: dead } = spawnSync(process.execPath, ['--version']);
  await mkdir(join(folder, `tool.partial-${dead}`), { recursive: true });
  await mkdir(join(folder, `tool.partial-${process.ppid}`));
  await fetchOnce({ name: 'tool', version: '1', fetch: writing('one') }, folder);
  expect((await readdir(folder)).sort()).toEqual(['tool-1', `tool.partial-${process.ppid}`]);
});

test('two processes at once: the first to finish wins, the other uses what it fetched', async () => {
  const loser = async (partial: string) => {
    await writeFile(join(partial, 'tool'), 'late');
    // As the other process does it meanwhile.
    await mkdir(join(folder, 'tool-1'));
    await writeFile(join(folder, 'tool-1', 'tool'), 'early');
  };
  expect(await tool(await fetchOnce({ name: 'tool', version: '1', fetch: loser }, folder))).toBe('early');
  expect(await readdir(folder)).toEqual(['tool-1']);
});
