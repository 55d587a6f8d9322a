/** `npm run architecture`: draws the rooms in docs/architecture.md anew, from what the lint finds. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { endingInWords } from '../local/command/ending.ts';
import { parseOrExit } from '../local/command/parse-or-exit.ts';
import { explaining } from '../local/stores/file-error.ts';
import { lintResult } from '../test/docs/architecture/arrows.ts';
import { withDrawings } from '../test/docs/architecture/drawings.ts';

parseOrExit(
  new Command('npm run architecture --')
    .description('Draws the rooms in docs/architecture.md anew.')
    .addHelpText('after', '\nExit code: 0; 1 it could not be written; 2 wrong use.'),
);
const page = join(import.meta.dirname, '../docs/architecture.md');
async function draw(): Promise<void> {
  const text = withDrawings(readFileSync(page, 'utf8'), await lintResult());
  await explaining(page, async () => writeFileSync(page, text), 'another clone of this project');
}
await endingInWords(draw, 'Error: ');
