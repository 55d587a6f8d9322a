/** The quarantine of a workspace: each row once, in order, and apart from the syncs. */
import { hash } from 'node:crypto';
import { tables } from '../tables/tables.ts';
import { checkContactEmails } from './contact-emails.ts';
import { idIn, type ObjectReader } from './object-reader.ts';

export class Quarantine {
  /** By integration: a digest of each row, for rows may be long. */
  readonly #rows = new Map<string | null, Set<string>>();

  async read(reader: ObjectReader, key: string): Promise<void> {
    let before = '';
    const told = new Set<string>();
    for await (const { number, text, cells } of reader.cells(key, tables.quarantine)) {
      const id = idIn(cells);
      const { reason, raw } = cells;
      const name = objectNameOf(id ?? '');
      if (!key.endsWith(`/${name}`) && !told.has(name)) {
        const detail = `Line ${number}: its integration’s rows stand in ${name}, and nowhere else are they looked for.`;
        reader.findings.add('stray_object', key, id, detail);
        told.add(name);
      }
      const add = (kind: 'wrong_type' | 'wrong_order' | 'double', detail: string) =>
        reader.findings.add(kind, key, id, `Line ${number} ${detail}`);
      if (typeof raw !== 'string') add('wrong_type', 'holds no raw row.');
      if (!reason) add('wrong_type', 'names no reason.');
      if (text < before) add('wrong_order', 'stands before one that sorts ahead of it.');
      before = text;
      const isNew = this.#add(id, String(raw));
      if (!isNew) add('double', `holds a row that is in quarantine already: ${start(String(raw))}`);
      checkContactEmails(reader.findings, key, number, id, String(raw));
    }
  }

  isEmptyOf(integrationId: string): boolean {
    return !this.#rows.has(integrationId);
  }

  holds(integrationId: string, raw: string): boolean {
    return this.#rows.get(integrationId)?.has(digestOf(raw)) === true;
  }

  #add(id: string | null, raw: string): boolean {
    const known = this.#rows.get(id) ?? new Set();
    this.#rows.set(id, known);
    const digest = digestOf(raw);
    if (known.has(digest)) return false;
    known.add(digest);
    return true;
  }
}

/** An id that is no name of a file is made one; a digest keeps such names apart. */
export function objectNameOf(integrationId: string): string {
  const isName = /^[a-z0-9][a-z0-9-]{0,99}$/.test(integrationId);
  const readable = integrationId
    .replace(/[^A-Za-z0-9-]+/g, '_')
    .replace(/^_/, '')
    .slice(0, 60);
  const digest = hash('sha256', integrationId, 'hex').slice(0, 16);
  return `${isName ? integrationId : `${readable || 'id'}.${digest}`}.ndjson.gz`;
}

const digestOf = (raw: string): string => hash('sha256', raw, 'base64url');

const start = (raw: string): string => (raw.length > 60 ? `${raw.slice(0, 60)}…` : raw);
