/** Makes the mutants of source files: one copy of a file carries all of its own, and one at a time is switched on. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Instrumenter } from '@stryker-mutator/instrumenter';

export interface Mutant {
  /** What switches it on, in this run alone. */
  readonly id: string;
  /** Below the project's folder. */
  readonly file: string;
  /** Of the file's text: what was found out about a mutant holds as long as it is the same. */
  readonly hash: string;
  /** Its place among the mutants of the file. */
  readonly index: number;
  readonly line: number;
  /** The whole line in which it begins. */
  readonly context: string;
  readonly original: string;
  readonly mutated: string;
  /** How many before it have the same texts and the same line. */
  readonly ordinal: number;
}

export interface MutatedSources {
  readonly mutants: readonly Mutant[];
  /** What is loaded instead of a file, by its path. */
  readonly codes: ReadonlyMap<string, string>;
}

/** A text that a person reads is no behaviour that a test should repeat word by word. */
const left = ['StringLiteral'];
const longest = 90;

export async function mutate(files: readonly string[], folder: string): Promise<MutatedSources> {
  const contents = await Promise.all(
    files.map(async (name) => ({ name, content: await readFile(resolve(folder, name), 'utf8') })),
  );
  const texts = new Map(contents.map(({ name, content }) => [name, content]));
  const made = await new Instrumenter(silent).instrument(
    contents.map((each) => ({ ...each, mutate: true })),
    { plugins: null, excludedMutations: left, ignorers: [] },
  );
  const counts = new Map<string, number>();
  const placed = made.mutants.filter(({ status }) => status !== 'Ignored');
  const alike = new Map<string, number>();
  const mutants = placed.map((each): Mutant => {
    const file = each.fileName;
    const text = texts.get(file) ?? '';
    const index = counts.get(file) ?? 0;
    counts.set(file, index + 1);
    const lines = text.split('\n');
    const { start, end } = each.location;
    const context = lines[start.line]?.trim() ?? '';
    const [original, mutated] = [brief(textBetween(lines, start, end)), brief(each.replacement)];
    const name = [file, context, original, mutated].join('\n');
    const ordinal = alike.get(name) ?? 0;
    alike.set(name, ordinal + 1);
    return {
      id: each.id,
      file,
      hash: hashOf(text),
      index,
      line: start.line + 1,
      context,
      original,
      mutated,
      ordinal,
    };
  });
  return { mutants, codes: new Map(made.files.map(({ name, content }) => [resolve(folder, name), content])) };
}

export function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}

interface Position {
  readonly line: number;
  readonly column: number;
}

function textBetween(lines: readonly string[], start: Position, end: Position): string {
  return lines
    .slice(start.line, end.line + 1)
    .map((line, at, all) =>
      line.slice(at === 0 ? start.column : 0, at === all.length - 1 ? end.column : undefined),
    )
    .join('\n');
}

function brief(code: string): string {
  const line = code.replace(/\s+/g, ' ').trim();
  return line.length > longest ? `${line.slice(0, longest)}…` : line;
}

const nothing = () => {};
const off = () => false;
const silent = {
  isTraceEnabled: off,
  isDebugEnabled: off,
  isInfoEnabled: off,
  isWarnEnabled: off,
  isErrorEnabled: off,
  isFatalEnabled: off,
  trace: nothing,
  debug: nothing,
  info: nothing,
  warn: nothing,
  error: nothing,
  fatal: nothing,
};
