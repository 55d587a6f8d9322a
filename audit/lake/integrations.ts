/** The table of integrations: each line says what its raw row says, and keeps no address. */
import { membersIn } from '../rows/json.ts';
import { TypedCells } from '../rows/typed-cells.ts';
import { type Cell, encoded, tables } from '../tables/tables.ts';
import { checkContactEmails } from './contact-emails.ts';
import { differingCells } from './differing-cells.ts';
import type { ObjectReader } from './object-reader.ts';
import { type IntegrationLine, readOneLineEach } from './one-line-each.ts';

export async function readIntegrations(
  reader: ObjectReader,
  key: string,
): Promise<Map<string, IntegrationLine>> {
  const lines = await readOneLineEach(reader, key, tables.integrations);
  for (const { id, number, text, cells } of lines.values()) {
    const { raw, listed } = cells;
    const add = (kind: 'unplaceable' | 'wrong_type' | 'cell_differs', detail: string) =>
      reader.findings.add(kind, key, id, `Line ${number}${detail}`);
    checkContactEmails(reader.findings, key, number, id, String(raw));
    const expected = typeof raw === 'string' ? cellsOf(raw, listed ?? null) : undefined;
    if (!expected) {
      add('unplaceable', ' keeps no row that is a JSON object.');
      continue;
    }
    if (typeof listed !== 'boolean') add('wrong_type', ' does not say whether it is listed.');
    if (encoded(tables.integrations, expected) === text) continue;
    for (const told of differingCells(cells, expected)) add('cell_differs', `: ${told}`);
  }
  return lines;
}

function cellsOf(raw: string, listed: Cell): Record<string, Cell> | undefined {
  const row = membersIn(raw);
  if (!row) return undefined;
  const typed = new TypedCells(row);
  const text = (name: string) => [name, typed.text(name)] as const;
  const time = (name: string) => [name, typed.timestamp(name)] as const;
  // In this order: so the names of those that can't be typed are listed.
  const cells: Record<string, Cell> = Object.fromEntries([
    text('integration_id'),
    text('integration_name'),
    text('integration_type'),
    text('integration_status'),
    text('warehouse_type'),
    text('app_group_id'),
    time('last_updated_at'),
    time('last_job_start_time'),
    time('next_scheduled_run'),
    text('last_job_status'),
  ]);
  return { ...cells, listed, problems: typed.problems, raw };
}
