/** A program of ours on a pseudo-terminal: what the terminal gets, byte by byte. */
import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { stripVTControlCharacters } from 'node:util';

const python = spawnSync('python3', ['-c', 'import pty, termios, os; os.waitstatus_to_exitcode']);
/** Python 3.9 has what it takes. */
export const hasTerminals = python.status === 0;

export interface OnTerminal {
  readonly folder: string;
  readonly columns: number;
  readonly environment?: Readonly<Record<string, string>>;
  /** Typed at the prompt. @default nothing */
  readonly typed?: string;
  /** What the terminal shows before each line is typed. @default the prompts of SQL */
  readonly prompts?: readonly string[];
}

/**
 * Nothing else of our own environment is handed on: `CI`, `TEAMCITY_VERSION`, `NO_COLOR` and their like decide colours,
 * and a test's outcome would depend on who runs it.
 */
const { PATH = '', HOME = '', NODE_COMPILE_CACHE = '' } = process.env;

/** @param program below `bin/`. */
export function onTerminal(
  program: string,
  parameters: readonly string[],
  { folder, columns, environment, typed = '', prompts = ['sql> ', '...> '] }: OnTerminal,
) {
  const { status, stdout } = spawnSync(
    'python3',
    [
      join(import.meta.dirname, 'on_terminal.py'),
      String(columns),
      prompts.join('\t'),
      process.execPath,
      resolve(import.meta.dirname, '../../../bin', program),
      ...parameters,
    ],
    {
      cwd: folder,
      encoding: 'utf8',
      input: typed,
      env: { PATH, HOME, NODE_COMPILE_CACHE, TERM: 'xterm', ...environment },
    },
  );
  const lines = stripVTControlCharacters(stdout).split('\r\n');
  return { status, bytes: stdout, lines };
}
