/** `npm run reference`: writes the props in docs/construct.md anew, from their doc comments. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { endingInWords } from '../local/command/ending.ts';
import { parseOrExit } from '../local/command/parse-or-exit.ts';
import { explaining } from '../local/stores/file-error.ts';
import { withReference } from '../test/docs/construct.ts';

parseOrExit(
  new Command('npm run reference --')
    .description('Writes the props in docs/construct.md anew.')
    .addHelpText('after', '\nExit code: 0; 1 it could not be written; 2 wrong use.'),
);
const page = join(import.meta.dirname, '../docs/construct.md');
async function write(): Promise<void> {
  const text = withReference(readFileSync(page, 'utf8'));
  await explaining(page, async () => writeFileSync(page, text), 'another clone of this project');
}
await endingInWords(write, 'Error: ');
