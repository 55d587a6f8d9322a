/** `npm run warehouses`: writes tables and views in the dialects of warehouses into docs/warehouses anew. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { endingInWords } from '../local/command/ending.ts';
import { parseOrExit } from '../local/command/parse-or-exit.ts';
import { explaining } from '../local/stores/file-error.ts';
import { tablesFile, viewsFile } from '../local/warehouses/files.ts';
import { translated } from '../local/warehouses/translate.ts';
import { warehouses } from '../sql/warehouses/warehouses.ts';

parseOrExit(
  new Command('npm run warehouses --')
    .description(
      'Writes docs/warehouses anew: tables and views for Snowflake, BigQuery, Redshift and Databricks.',
    )
    .addHelpText('after', '\nExit code: 0; 1 it could not be written; 2 wrong use.'),
);
const root = join(import.meta.dirname, '../docs/warehouses');
async function write(): Promise<void> {
  for (const warehouse of warehouses) {
    const folder = join(root, warehouse.name);
    const queries = await translated(warehouse.name, { say: console.error });
    const put = async () => {
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, 'tables.sql'), tablesFile(warehouse));
      writeFileSync(join(folder, 'views.sql'), viewsFile(warehouse, queries));
    };
    await explaining(folder, put, 'another clone of this project');
  }
}
await endingInWords(write, 'Error: ');
