import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { zipOf } from '../../../local/package/zip.ts';
import { scratchFolder } from '../stores/scratch.ts';

const content = Buffer.from('export const handler = () => "ü";\n'.repeat(1000));

test('the archive holds the file, deflated, behind its header', () => {
  const zip = Buffer.from(zipOf('index.mjs', content));
  const size = zip.readUInt32LE(18);
  expect(zip.toString('latin1', 30, 39)).toBe('index.mjs');
  expect(inflateRawSync(zip.subarray(39, 39 + size))).toEqual(content);
});

test('the same file makes the same bytes', () => {
  expect(zipOf('index.mjs', content)).toEqual(zipOf('index.mjs', content));
});

const python = spawnSync('python3', ['-c', 'import zipfile']).status === 0;

test.runIf(python)(
  'another program reads it, finds nothing wrong with it, and a file that all may read',
  () => {
    const folder = scratchFolder();
    const file = join(folder, 'function.zip');
    writeFileSync(file, zipOf('index.mjs', content));
    const program =
      'import sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); [i] = z.infolist(); ' +
      'print(z.testzip(), i.filename, i.file_size, oct(i.external_attr >> 16))';
    const { stdout } = spawnSync('python3', ['-c', program, file], { encoding: 'utf8' });
    expect(stdout).toBe(`None index.mjs ${content.length} 0o100644\n`);
  },
);
