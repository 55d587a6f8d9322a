import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findPython } from '../../../local/aws/python.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'python-'));
});

afterEach(() => rm(folder, { recursive: true }));

/** A command python3 that answers so, and ends so. */
async function python3(says: string, status = 0): Promise<void> {
  const file = join(folder, 'python3');
  await writeFile(file, `#!/bin/sh\necho '${says}'\nexit ${status}\n`);
  await chmod(file, 0o755);
}

test('a Python that will do', async () => {
  await python3('3.11');
  expect(await findPython(folder)).toEqual({ command: 'python3', version: '3.11' });
});

test('none', async () => {
  await expect(findPython(folder)).rejects.toThrow(/needs Python 3\.11 or newer.*there is none\. Install it/);
});

test('one that is too old', async () => {
  await python3('3.10');
  await expect(findPython(folder)).rejects.toThrow(/this one is 3\.10\. Install it/);
});

test('one without venv', async () => {
  await python3('3.11', 1);
  await expect(findPython(folder)).rejects.toThrow(/has no venv\. Install it.*python3-venv/);
});
