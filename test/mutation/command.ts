/** The command `npm run mutate`. */
import { existsSync, globSync, statSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { Command } from 'commander';
import { parseOrExit } from '../../local/command/parse-or-exit.ts';
import { isNamed } from './equivalent.ts';
import { equivalents } from './equivalents.ts';
import { mutate } from './mutants.ts';
import { keyOf } from './notes.ts';
import { play } from './play.ts';
import { countsOf, describe, folderOf, sectionOf, type Verdict, writeSections } from './score.ts';
import { testsOf, testsWhileLoading } from './tests-of.ts';

const rooms = ['lambda/checkpoint', 'lambda/lake', 'lambda/run', 'lambda/standing', 'lambda/walk'];
const notes = '.mutation/notes.ndjson';
const page = 'docs/mutation.md';

interface Options {
  readonly fresh?: true;
  readonly named?: true;
}

export async function mutateMany(): Promise<void> {
  const command = parseOrExit(
    new Command('npm run mutate --')
      .description(
        'Plays the tests against the program with one mistake at a time. Names the mistakes ' +
          `that no test notices, and writes those of whole folders to ${page}.`,
      )
      .argument('[paths...]', `folders and files; without any, ${rooms.join(', ')}`)
      .option('--named', 'asks, too, about those that are named as the same program')
      .option('--fresh', `forgets what is known from before (${notes})`),
  );
  const paths = command.args.length > 0 ? command.args.map((path) => path.replace(/\/$/, '')) : rooms;
  const files = paths.flatMap(filesOf);
  if (files.length === 0) command.error('error: there is nothing to mutate.', { exitCode: 2 });
  const { fresh, named } = command.opts<Options>();
  if (fresh) await rm(notes, { force: true });

  const began = performance.now();
  const seconds = () => `${((performance.now() - began) / 1000).toFixed(0)} s`;
  const sources = await mutate(files, process.cwd());
  const known = await play({
    folder: process.cwd(),
    sources,
    leaves: (mutant) => !named && equivalents.some((each) => isNamed(mutant, each)),
    tests: testsOf(files),
    testsWhileLoading,
    notes,
    tell: (line) => console.log(`${seconds()}: ${line}`),
  });
  for (const [test, message] of known.unfit)
    console.error(`Fails without any mutant, and was left out: ${test}: ${message}`);

  const verdicts = sources.mutants.map((mutant): Verdict => {
    if (known.killed.has(keyOf(mutant))) return { mutant, fate: 'killed' };
    const isSame = equivalents.some((each) => isNamed(mutant, each));
    return { mutant, fate: isSame ? 'same program' : 'survives' };
  });
  for (const { mutant, fate } of verdicts)
    if (fate === 'survives')
      console.log(`${mutant.file}:${mutant.line} ${mutant.original} → ${mutant.mutated}`);
  for (const each of equivalents) {
    const found = verdicts.filter(({ mutant }) => isNamed(mutant, each));
    if (found.length > 0 && found.every(({ fate }) => fate === 'killed'))
      console.error(
        `Named as the same program, but a test fails: ${each.file}: ${each.original} → ${each.mutated}`,
      );
  }
  await writeWhole(paths, verdicts);
  for (const [folder, of] of Map.groupBy(verdicts, ({ mutant }) => folderOf(mutant)))
    console.log(`${folder}: ${describe(countsOf(of))} (${seconds()})`);
}

/** A file alone says nothing of its folder's score. */
async function writeWhole(paths: readonly string[], verdicts: readonly Verdict[]): Promise<void> {
  const date = new Date().toISOString().slice(0, 10);
  const folders = Map.groupBy(verdicts, ({ mutant }) => folderOf(mutant));
  const sections = new Map(
    [...folders]
      .filter(([folder]) => paths.includes(folder))
      .map(([folder, of]) => [folder, sectionOf(folder, of, date)]),
  );
  if (sections.size === 0) return;
  const before = existsSync(page) ? await readFile(page, 'utf8') : '';
  await writeFile(page, writeSections(before, sections));
}

function filesOf(path: string): string[] {
  if (!existsSync(path)) return [];
  return statSync(path).isDirectory() ? globSync(`${path}/**/*.ts`).toSorted() : [path];
}
