/** What came out, for each folder: the page docs/mutation.md, whose sections are replaced one by one. */
import { dirname, relative } from 'node:path';
import type { Mutant } from './mutants.ts';

export interface Verdict {
  readonly mutant: Mutant;
  readonly fate: 'killed' | 'same program' | 'survives';
}

interface Counts {
  readonly mutants: number;
  readonly killed: number;
  readonly same: number;
  readonly survive: number;
}

const head = `# What the tests would not notice

A mutant is the program with one mistake in it: a condition turned around, a block emptied, a bound moved by one. It is
killed when a test fails with it. \`npm run mutate -- lambda/walk\` plays against every mutant of a folder the folder's own
unit tests, some random histories ([test/mutation/seeds](../test/mutation/seeds)), for \`lambda/run\` some whole runs of
\`test/simulation/\`, and then all other tests of \`test/lambda/\`, and writes the folder's section here. Since 30
November, a test that would need more than a minute for the mutants that are still alive is left out. What is the same
program, with the reason, stands in [test/mutation/same-program](../test/mutation/same-program); the score counts the
others. Texts that a person reads are not mutated. Lines are those of the day of the section; a folder without a section
was not played to its end.
`;

/** @returns the page with these sections replaced or added, in the order of their names. */
export function writeSections(page: string, sections: ReadonlyMap<string, string>): string {
  const known = new Map(
    page
      .split(/^(?=## )/m)
      .filter((part) => part.startsWith('## '))
      .map((part) => [/^## (.*)/.exec(part)?.[1] ?? '', part.trimEnd()] as const),
  );
  for (const [name, section] of sections) known.set(name, section);
  const parts = [...known].toSorted(([one], [other]) => (one < other ? -1 : 1)).map(([, part]) => part);
  return `${[head.trimEnd(), ...parts].join('\n\n')}\n`;
}

export function sectionOf(folder: string, verdicts: readonly Verdict[], date: string): string {
  const files = Map.groupBy(verdicts, ({ mutant }) => mutant.file);
  const survivors = verdicts.filter(({ fate }) => fate === 'survives');
  return [
    `## ${folder}`,
    '',
    `${date}: ${describe(countsOf(verdicts))}.`,
    '',
    '| file | mutants | killed | same program | survive | score |',
    '|---|--:|--:|--:|--:|--:|',
    ...[...files].map(([file, of]) => row(relative(folder, file), countsOf(of))),
    ...(survivors.length === 0 ? [] : ['', 'These survive:', '']),
    ...survivors.map(({ mutant }) => `- ${nameOf(mutant)}`),
  ].join('\n');
}

export function describe(counts: Counts): string {
  const { mutants, killed, same, survive } = counts;
  return (
    `${killed} of ${mutants} mutants killed, ${same} ${same === 1 ? 'is' : 'are'} the same program, ` +
    `${survive} survive: a score of ${scoreOf(counts)}`
  );
}

export function countsOf(verdicts: readonly Verdict[]): Counts {
  const count = (fate: Verdict['fate']) => verdicts.filter((each) => each.fate === fate).length;
  return {
    mutants: verdicts.length,
    killed: count('killed'),
    same: count('same program'),
    survive: count('survives'),
  };
}

export function folderOf({ file }: Mutant): string {
  return dirname(file);
}

function scoreOf({ mutants, killed, same }: Counts): string {
  return mutants === same ? '–' : `${((100 * killed) / (mutants - same)).toFixed(1)} %`;
}

function row(name: string, counts: Counts): string {
  const { mutants, killed, same, survive } = counts;
  return `| ${name} | ${mutants} | ${killed} | ${same} | ${survive} | ${scoreOf(counts)} |`;
}

function nameOf({ file, line, original, mutated }: Mutant): string {
  return `${file.split('/').at(-1)}:${line} ${code(original)} → ${code(mutated)}`;
}

/** What has backticks itself stands between two of them. */
function code(text: string): string {
  return text.includes('`') ? `\`\` ${text} \`\`` : `\`${text}\``;
}
