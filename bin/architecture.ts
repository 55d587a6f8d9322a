/** `npm run architecture`: draws the rooms in docs/architecture.md anew, from what the lint finds. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { lintResult } from '../test/docs/architecture/arrows.ts';
import { withDrawings } from '../test/docs/architecture/drawings.ts';

const page = join(import.meta.dirname, '../docs/architecture.md');
writeFileSync(page, withDrawings(readFileSync(page, 'utf8'), await lintResult()));
