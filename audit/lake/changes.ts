/** What has changed of the integrations: for each field a chain, that ends at what `integrations` says now. */
import type { Findings } from '../findings.ts';
import type { Cells } from '../tables/line.ts';
import { type Cell, tables } from '../tables/tables.ts';
import type { ObjectReader } from './object-reader.ts';
import type { IntegrationLine } from './one-line-each.ts';

const watched = ['listed', 'integration_name', 'integration_status', 'integration_type'];

interface Told {
  readonly id: string;
  readonly field: string;
  readonly after: Cell | undefined;
  /** Of the line, from 1. */
  readonly number: number;
}

export class Changes {
  readonly #findings: Findings;
  readonly #key: string;
  /** By integration and field, what was told last. */
  readonly #last = new Map<string, Told>();

  constructor(findings: Findings, key: string) {
    this.#findings = findings;
    this.#key = key;
  }

  async read(reader: ObjectReader): Promise<void> {
    for await (const { cells, number } of reader.cells(this.#key, tables.changes)) this.#take(cells, number);
  }

  #take({ integration_id, field, before, after }: Cells, number: number): void {
    const id = String(integration_id);
    const tell = (detail: string) => this.#tell(id, number, detail);
    if (!watched.includes(String(field))) {
      tell(`${field} is nothing of which changes are told.`);
      return;
    }
    if (before === after) tell(`${field} is said to have changed, and is ${after} as before.`);
    const place = JSON.stringify([id, field]);
    const last = this.#last.get(place);
    if (last && last.after !== before)
      tell(`${field} was ${before} before, and by line ${last.number} ${last.after}.`);
    this.#last.set(place, { id, field: String(field), after, number });
  }

  /** @param integrations written after what is told of their changes. */
  compare(integrations: ReadonlyMap<string, IntegrationLine>): void {
    for (const { id, field, after, number } of this.#last.values()) {
      const line = integrations.get(id);
      if (!line) {
        this.#tell(id, number, `${field} has changed, and integrations has no line of it.`);
        continue;
      }
      const cell = line.cells[field] ?? null;
      const now = cell === null ? null : String(cell);
      if (now !== after)
        this.#tell(id, number, `${field} has become ${after}, and is ${now} in integrations.`);
    }
  }

  #tell(id: string, number: number, detail: string): void {
    this.#findings.add('changes_differ', this.#key, id, `Line ${number}: ${detail}`);
  }
}
