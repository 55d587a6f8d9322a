import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '../../..');
const { scripts } = JSON.parse(readFileSync(resolve(root, 'package.json'), 'utf8'));

/** All that a person may start, whatever joins them. */
const ours = Object.keys(scripts).filter((name) => /\bbin\/[\w-]+\.ts$/.test(scripts[name]));

test.each(ours)('npm run %s has a help that fits 80 columns', (name) => {
  const [, ...parameters] = String(scripts[name]).split(' ');
  const { status, stdout } = spawnSync(process.execPath, [...parameters, '--help'], {
    cwd: root,
    encoding: 'utf8',
  });
  expect({ status, begins: stdout.slice(0, 10) }).toEqual({ status: 0, begins: 'Usage: npm' });
  for (const line of stdout.split('\n')) expect(line.length, line).toBeLessThanOrEqual(80);
});

test.each(ours)('npm run %s tells a Node that reads no TypeScript in a sentence, without a stack', (name) => {
  const [, ...parameters] = String(scripts[name]).split(' ');
  // As older ones are.
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--no-experimental-strip-types', ...parameters, '--help'],
    { cwd: root, encoding: 'utf8' },
  );
  expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
  expect(stderr).toMatch(/^Error: this needs Node 24, and v\d+\.\d+\.\d+ runs it\. .+ignore-scripts.+\.\n$/);
});
