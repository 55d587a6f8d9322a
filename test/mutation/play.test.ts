/** The runner of `npm run mutate`, asked about a sample in which each fate of a mutant occurs. */
import { execFile } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Mutant } from './mutants.ts';
import { readNotes } from './notes.ts';

interface Played {
  readonly mutants: readonly (Mutant & { isKilled: boolean })[];
  readonly unfit: readonly [test: string, message: string][];
}

const place = mkdtempSync(join(tmpdir(), 'mutate-sample-'));
const notes = join(place, 'notes.ndjson');
let played: Played;

async function playSample(): Promise<Played> {
  const program = join(import.meta.dirname, 'sample/play-sample.ts');
  const { stdout } = await promisify(execFile)(process.execPath, [program, notes], {
    env: plainEnvironment(),
  });
  return JSON.parse(stdout) as Played;
}

/** Vitest inside Vitest must not take itself for the outer one's worker. */
function plainEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('VITEST')));
}

beforeAll(async () => {
  played = await playSample();
});

afterAll(() => rm(place, { recursive: true, force: true }));

const fateOf = (original: string, mutated: string): string => {
  const found = played.mutants.filter((each) => each.original === original && each.mutated === mutated);
  return found.map(({ isKilled }) => (isKilled ? 'killed' : 'survives')).join();
};

test('a mutant with which a test fails is killed', () => {
  expect(fateOf('steps > 12', 'steps >= 12')).toBe('killed');
});

test('one whose result is looked at by nobody survives', () => {
  expect(fateOf('steps % 2 === 0', 'steps % 2 !== 0')).toBe('survives');
  expect(fateOf('steps > 100', 'steps >= 100')).toBe('survives');
});

test('one that never ends is killed, also in a loop that asks for no mutant', () => {
  expect(fateOf('steps > 100', 'true')).toBe('killed');
  const ends = readNotes(notes).flatMap((note) => (note.kind === 'killed' ? [note.how] : []));
  expect(ends).toContain('no end');
});

test('one that is over when the first test begins is there while the file is loaded', () => {
  expect(fateOf('[4, 8]', '[]')).toBe('killed');
});

test('one with which a file can not be loaded is killed', () => {
  expect(fateOf('-(2n ** 3n)', '+(2n ** 3n)')).toBe('killed');
});

test('what a test fails with, though there is no mutant, is not blamed on one', () => {
  expect(played.unfit.map(([name]) => name)).toEqual([
    expect.stringContaining('a test that always fails is no judge'),
  ]);
});

test('what was played is not played again, and comes out the same', async () => {
  const before = readNotes(notes).filter(({ kind }) => kind !== 'through');
  expect(await playSample()).toEqual(played);
  expect(readNotes(notes).filter(({ kind }) => kind !== 'through')).toEqual(before);
});
