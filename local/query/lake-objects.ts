/** The objects of a table, as files on disk. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { TableName } from '../../lambda/schema/tables.ts';
import { explaining, isSystemError } from '../stores/file-error.ts';

/** Their paths, sorted; none when nothing was written to the table yet. */
export async function objectsOf(table: TableName, lake: string): Promise<string[]> {
  const folder = join(lake, table);
  const entries = await explaining(folder, () => entriesBelow(folder));
  return (
    entries
      // Athena, too, passes over names that begin with a dot or an underscore.
      .filter((entry) => !entry.isDirectory() && /^[^._].*\.ndjson\.gz$/s.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
  );
}

async function entriesBelow(folder: string) {
  try {
    return await readdir(folder, { recursive: true, withFileTypes: true });
  } catch (error) {
    if (isSystemError(error) && error.code === 'ENOENT') return [];
    throw error;
  }
}
