/** `npm run reference`: writes the props in docs/construct.md anew, from their doc comments. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withReference } from '../test/docs/construct.ts';

const page = join(import.meta.dirname, '../docs/construct.md');
writeFileSync(page, withReference(readFileSync(page, 'utf8')));
