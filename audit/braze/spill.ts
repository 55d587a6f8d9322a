/** The rows of a walk, sorted into a file a day below the system's temporary folder: they need not fit into memory. */
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AuditFailure } from '../audit-failure.ts';

function temporaryFolder(): string {
  try {
    return mkdtempSync(join(tmpdir(), 'braze-audit-'));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new AuditFailure(`nothing can be made in ${tmpdir()} (${code}): name another folder with TMPDIR.`);
  }
}

export interface SpilledRow {
  readonly integrationId: string;
  readonly raw: string;
}

export class Spill {
  readonly #folder = temporaryFolder();
  readonly #days = new Set<string>();

  /** Days that have rows and were not taken yet. */
  get days(): string[] {
    return [...this.#days].sort();
  }

  add(day: string, rows: readonly SpilledRow[]): void {
    this.#days.add(day);
    const lines = rows.map(({ integrationId, raw }) => `${JSON.stringify([integrationId, raw])}\n`);
    appendFileSync(join(this.#folder, day), lines.join(''), { mode: 0o600 });
  }

  /** Takes a day's rows out of it. */
  take(day: string): SpilledRow[] {
    if (!this.#days.delete(day)) return [];
    const lines = readFileSync(join(this.#folder, day), 'utf8').split('\n').slice(0, -1);
    return lines.map((line) => {
      const [integrationId, raw] = JSON.parse(line);
      return { integrationId, raw };
    });
  }

  close(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
