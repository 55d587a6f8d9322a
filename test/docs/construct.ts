/** The reference of the props, from their doc comments. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const source = join(import.meta.dirname, '../../lib/configuration/configuration.ts');
const member = /\/\*\*((?:(?!\*\/).)*)\*\/\s+readonly (\w+)(\??): (.+?);\n/gs;

const text = (comment: string) =>
  comment
    .split('\n')
    .map((line) => line.replace(/^\s*\* ?/, '').trim())
    .join(' ')
    .trim();

export function propsReference(): string {
  const code = readFileSync(source, 'utf8');
  return [...code.matchAll(/^export interface (\w+) \{\n(.*?)^\}/gms)]
    .map(([, name = '', body = '']) => {
      const rows = [...body.matchAll(member)].map(([, comment = '', prop = '', optional = '', type = '']) => {
        const [description = '', byDefault = ''] = text(comment).split(/\s*@default (?:- )?/);
        const cell = (value: string) => value.replaceAll('|', '\\|');
        const fallback = optional === '' ? 'required' : byDefault;
        return `| \`${prop}\` | \`${cell(type)}\` | ${cell(fallback)} | ${cell(description)} |`;
      });
      return `### ${name}\n\n| prop | type | default | |\n| --- | --- | --- | --- |\n${rows.join('\n')}\n`;
    })
    .join('\n');
}

export const withReference = (page: string): string =>
  page.replace(
    /(<!-- props -->\n)[\s\S]*(<!-- \/props -->)/,
    (_, open, close) => `${open}\n${propsReference()}\n${close}`,
  );
