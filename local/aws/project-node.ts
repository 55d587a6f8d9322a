import { existsSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';

/** A PATH on which `node` is the one that the project brings: the local AWS runs functions with the first it finds. */
export function pathWithProjectNode(path = process.env.PATH ?? ''): string {
  const own = join(import.meta.dirname, '../..', 'node_modules', 'node', 'bin');
  const first = existsSync(join(own, 'node')) ? own : dirname(process.execPath);
  return [first, path].join(delimiter);
}
