/** `npm run reference`: writes the props in docs/construct.md anew, from their doc comments. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { parseOrExit } from '../local/command/parse-or-exit.ts';
import { withReference } from '../test/docs/construct.ts';

parseOrExit(
  new Command('npm run reference --')
    .description('Writes the props in docs/construct.md anew.')
    .addHelpText('after', '\nExit code: 0; 1 it could not be written; 2 wrong use.'),
);
const page = join(import.meta.dirname, '../docs/construct.md');
writeFileSync(page, withReference(readFileSync(page, 'utf8')));
