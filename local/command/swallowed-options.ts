/**
 * Options that npm has taken for its own, since the `--` before them was forgotten: `npm start --endpoint=URL`. npm
 * hands them on as `npm_config_endpoint` in the environment alone, and the program would run without them.
 */
import type { Command, Option } from 'commander';
import { withoutValues } from './without-values.ts';
import { WrongUse } from './wrong-use.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** What is wrong, as a sentence without its full stop that holds the right command; undefined: nothing is. */
export function swallowedFault(command: Command, environment: Environment): string | undefined {
  const swallowed = command.options.filter((option) => isSwallowed(option, environment));
  if (swallowed.length === 0) return undefined;
  const names = swallowed.map(({ long }) => long).join(', ');
  // Without the values: one of them may be a secret that stands in the wrong place.
  const right = swallowed.map(({ long, required }) => `${long}${required ? ' …' : ''}`).join(' ');
  return `npm has kept ${names} for itself, since the -- before it is missing; write ${command.name()} ${right}`;
}

/** To be called before the command line is read. @throws {WrongUse} */
export function refuseSwallowed(command: Command, environment: Environment): void {
  const fault = swallowedFault(command, environment);
  if (fault) throw new WrongUse(`Error: ${fault}.`);
  hintAtSwallowed(command);
}

/** `--version` and `--help` alone are no options of its own. */
const hasOptions = ({ options }: Command): boolean => options.some(({ long }) => long !== '--version');

/**
 * What is wrong is told without values, and with a hint at npm.
 *
 * Of some options nothing at all is handed on: npm takes `--days=30` for its own short options d, a, y and s, and only
 * the value is left over, as an argument.
 */
export const hintAtSwallowed = (command: Command): Command =>
  command.configureOutput({
    outputError: (text, write) =>
      write(
        hasOptions(command) && text.startsWith('error: too many arguments')
          ? `${withoutValues(text, command)}Through npm, options stand behind a -- of their own: ${command.name()} --option value.\n`
          : withoutValues(text, command),
      ),
  });

/** An option of npm's own name (`--json`) may be set for good in somebody's .npmrc: that is not ours. */
const npmsOwn = new Set(['--json', '--version', '--workspace']);

/** So it is told and not refused. @param isGiven whether it has come to the program as well. */
export function tellKeptJson(command: string, isGiven: boolean, environment: Environment): void {
  if (isGiven || environment.npm_config_json !== 'true') return;
  console.error(`npm has kept --json for itself; for JSON, write it behind the --: ${command} --json`);
}

/** An empty one counts: `--endpoint=$URL` where there is no URL. */
const isSwallowed = ({ long }: Option, environment: Environment): boolean =>
  typeof long === 'string' &&
  !npmsOwn.has(long) &&
  environment[`npm_config_${long.slice(2).replaceAll('-', '_')}`] !== undefined;
