import { mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { sweepLeftovers, temporaryName } from '../../../local/stores/leftovers.ts';
import { startChild } from './child.ts';
import { scratchFolder } from './scratch.ts';

describe('sweepLeftovers', () => {
  test('removes what a killed process left, and keeps what a living one is writing', async () => {
    const folder = scratchFolder();
    const child = startChild(join(import.meta.dirname, 'hold-lock.ts'), join(folder, 'a.lock'));
    const theirs = `${encodeURIComponent((await child.nextLine()) ?? '')}.part`;
    const ours = temporaryName();
    for (const name of [theirs, ours]) writeFileSync(join(folder, name), 'cut sh');

    sweepLeftovers(folder);
    expect(readdirSync(folder).sort()).toEqual(['a.lock', theirs, ours].sort());

    await child.kill();
    sweepLeftovers(folder);
    expect(readdirSync(folder).sort()).toEqual(['a.lock', ours].sort());
  });

  test('removes what is older than an hour, whoever wrote it, and nothing but temporary files', () => {
    const folder = scratchFolder();
    const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000);
    for (const [name, minutes] of [
      ['elsewhere%3A1%3A0123.part', 61],
      ['elsewhere%3A2%3A0123.part', 50],
      ['%.part', 61],
      ['notes.txt', 61],
      ['lake.lock', 61],
    ] as const) {
      writeFileSync(join(folder, name), '');
      utimesSync(join(folder, name), ago(minutes), ago(minutes));
    }

    sweepLeftovers(folder);

    expect(readdirSync(folder).sort()).toEqual(['elsewhere%3A2%3A0123.part', 'lake.lock', 'notes.txt']);
  });

  test('never fails', () => {
    const folder = scratchFolder();
    const file = 'elsewhere%3A1%3A0123.part';
    mkdirSync(join(folder, file));
    utimesSync(join(folder, file), 0, 0);

    sweepLeftovers(folder);
    sweepLeftovers(join(folder, 'missing'));

    expect(readdirSync(folder)).toEqual([file]);
  });
});
