/** What is said of a batch: what was played, and what it has not reached. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { writeDown } from './ledger.ts';
import { simulateSideBySide } from './simulate-side-by-side.ts';
import { describeUnreached, joinReached, type Reached } from './unreached.ts';

test('the ledger grows by a line each batch, with the commit that was played', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'ledger-'));
  try {
    const file = join(folder, 'ledger.ndjson');
    const batch = { seed: 7, histories: 2, played: ['all'], seconds: 1.5, failed: [8] };
    await writeDown(batch, file);
    await writeDown({ ...batch, seed: 9 }, file);
    const lines = (await readFile(file, 'utf8')).trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line))).toEqual(
      [7, 9].map((seed) => ({
        ...batch,
        seed,
        date: expect.any(String),
        commit: expect.toBeOneOf([expect.any(String), null]),
      })),
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

test('of what a batch of two has reached, each block that is missing is named by its line', async () => {
  const reached: Reached[] = [];
  const drawn = { odd: new Set<never>(), size: 'usual' } as const;
  await simulateSideBySide({ runs: 2, seed: 7, drawn, countsBlocks: true }, (outcome) => {
    if ('reached' in outcome) reached.push(outcome.reached);
    return 'go on';
  });
  const unreached = await describeUnreached(joinReached(reached));
  // In two honest histories nothing of the lake is damaged, and each of them reads its pages.
  expect(unreached).toContainEqual(
    expect.stringMatching(/^lambda\/run\/containment\.ts:\d+: function isContained/),
  );
  expect(unreached.filter((block) => block.includes('stretches.splice(at < 0'))).toEqual([]);
  for (const block of unreached) expect(block).toMatch(/^lambda\/(walk|run)\/[\w-]+\.ts:\d+: \S/);
});

test('what any worker has reached was reached', () => {
  const marks = (...bytes: number[]) => new Map([['file', Uint8Array.from(bytes)]]);
  expect(joinReached([marks(1, 0, 0), marks(0, 0, 1)])).toEqual(marks(1, 0, 1));
});
