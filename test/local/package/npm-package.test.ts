/** `npm run pack` where it can't be done: how a person is told. The package itself is `install.aws.ts`. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { isForPeople } from '../../../lambda/errors/exporter-error.ts';
import { npmPackage } from '../../../local/package/npm-package.ts';
import { runTool } from '../../../local/package/run-tool.ts';
import { scratchFolder } from '../stores/scratch.ts';

/** A clone that lacks this file; empty: one that is whole. */
let missing = '';
vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof import('node:fs/promises')>();
  const readFile: typeof real.readFile = ((path: string, ...more: []) =>
    real.readFile(missing !== '' && path.endsWith(missing) ? `${path} is away` : path, ...more)) as never;
  return { ...real, readFile };
});

async function told(work: Promise<unknown>): Promise<string> {
  const error = await work.catch((thrown: unknown) => thrown);
  expect(isForPeople(error), String(error)).toBe(true);
  return String(error);
}

test('below a file it says that a file is in the way', async () => {
  const file = join(scratchFolder(), 'file');
  writeFileSync(file, 'kept');
  const says = await told(npmPackage(join(file, 'dist')));
  expect(says).toContain('is a file where a folder should be');
});

test.runIf(existsSync('/proc/self'))('where nothing can be made it names what can', async () => {
  const says = await told(npmPackage('/proc/nope/dist'));
  expect(says).toMatch(/\/proc\/nope can not be made.+Choose another clone of this project\.$/);
});

test.runIf(process.seteuid !== undefined && process.geteuid?.() === 0)(
  'in a folder of somebody else it says that this user may not',
  async () => {
    const folder = scratchFolder();
    mkdirSync(join(folder, 'dist'), { mode: 0o500 });
    process.seteuid?.(65_534);
    try {
      expect(await told(npmPackage(join(folder, 'dist')))).toContain('is not open to this user');
    } finally {
      process.seteuid?.(0);
    }
  },
);

test('a part of the project that is missing is named, and not the folder of the package', async () => {
  missing = 'LICENSE';
  try {
    const error = await npmPackage(join(scratchFolder(), 'dist')).catch((thrown: unknown) => thrown);
    expect(isForPeople(error)).toBe(false);
    expect(String(error)).toMatch(/ENOENT.+LICENSE is away'$/);
  } finally {
    missing = '';
  }
});

test('a program that fails is told in its own words, and not with its command line', async () => {
  const script = "console.log('a.ts(1,1): error TS5033: Could not write file.\\n2\\n3\\n4'); process.exit(2)";
  expect(await told(runTool('the compiler', process.execPath, ['-e', script]))).toBe(
    'ToolFailure: the compiler has failed, and nothing is packed:\n' +
      'a.ts(1,1): error TS5033: Could not write file.\n2\n3',
  );
  expect(await told(runTool('npm pack', '/nowhere/npm', []))).toMatch(
    /npm pack has failed.+\nIt says nothing \(ENOENT\)\.$/,
  );
});
