import type { Command } from 'commander';

/**
 * What Commander says of a wrong command line, without what may be a value: somebody may have put the key there. Only
 * what can be the name of an option is repeated.
 */
export function withoutValues(complaint: string, { options }: Command): string {
  const unknown = /^error: unknown option '([\s\S]*)'(?:\n(\(Did you mean .*\)))?\n*$/.exec(complaint);
  if (unknown) {
    const [, text = '', suggestion] = unknown;
    // `--data2` is another name than `--data`.
    const [name] = /^--[a-z][a-z-]*(?=$|=)|^-[^-]/.exec(text) ?? [];
    if (options.some(({ long }) => long === name)) return `error: option '${name}' takes no value\n`;
    const told = name === undefined ? 'error: unknown option' : `error: unknown option '${name}'`;
    return `${[told, ...(suggestion === undefined ? [] : [suggestion])].join('\n')}\n`;
  }
  return complaint
    .replace(/^(error: too many arguments\. .* but got \d+): [\s\S]*$/, '$1.\n')
    .replace(/^(error: option '--[^']+' argument) '[\s\S]*' (is invalid\.)/, '$1 $2');
}
