import type { Command } from 'commander';

/**
 * What Commander says of a wrong command line, without what was written in it but the names of options: somebody may
 * have put the key there.
 */
export function withoutValues(complaint: string, { options }: Command): string {
  const [, written] = /^error: unknown option '(--[a-z][a-z-]*)=/.exec(complaint) ?? [];
  if (options.some(({ long }) => long === written)) return `error: option '${written}' takes no value\n`;
  return complaint
    .replace(/^(error: too many arguments\. .* but got \d+): [\s\S]*$/, '$1.\n')
    .replace(/^(error: option '--[^']+' argument) '[\s\S]*' (is invalid\.)/, '$1 $2')
    .replace(/^(error: unknown option) '(--[a-z][a-z-]*(?=[='])|-[^-])?[\s\S]*'(?=\n)/, (_, said, name) =>
      name === undefined ? said : `${said} '${name}'`,
    );
}
