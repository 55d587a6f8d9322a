/**
 * Single rows that can't be placed stop nothing. But where none of an integration's can, or most of a run's, what is
 * read is no history: that is a failure, and is said with the reason.
 */
import { isPlaced, type QuarantinedRow, type SyncRow } from '../rows/sync-row.ts';

/** Of so few rows nobody can say what most of them are. */
const minRows = 20;

export interface PlacingCounts {
  readonly placed: number;
  readonly unplaced: number;
  /** The reason of most of those that were not placed. */
  readonly example: Pick<QuarantinedRow, 'reason' | 'form'> | undefined;
}

/** Of an integration's rows in this run. @returns a sentence for a person, or undefined. */
export function historyFault({ placed, unplaced, example }: PlacingCounts): string | undefined {
  if (placed > 0 || unplaced === 0) return undefined;
  return `None of the ${unplaced} rows read could be placed. ${because(example)}`;
}

/** The same of all rows of a run. */
export function runFault({ placed, unplaced, example }: PlacingCounts): string | undefined {
  if (unplaced < minRows || unplaced <= placed) return undefined;
  return `Most rows of this run (${unplaced} of ${placed + unplaced}) could not be placed. ${because(example)}`;
}

function because(example: PlacingCounts['example']): string {
  const form =
    example?.form === undefined
      ? ''
      : ` It has the form ${example.form}, with 9 for digits and a for letters.`;
  return `${example?.reason ?? ''}${form} They are kept in the quarantine.`;
}

/** Counts the rows of a run. */
export class Placings {
  readonly #byIntegration = new Map<string, Counted>();
  readonly #all = new Counted();

  add(integrationId: string, rows: readonly (SyncRow | QuarantinedRow)[]): void {
    const counted = this.#byIntegration.get(integrationId) ?? new Counted();
    this.#byIntegration.set(integrationId, counted);
    for (const row of rows) {
      counted.add(row);
      this.#all.add(row);
    }
  }

  of(integrationId: string): PlacingCounts {
    return this.#byIntegration.get(integrationId) ?? new Counted();
  }

  get all(): PlacingCounts {
    return this.#all;
  }
}

class Counted implements PlacingCounts {
  placed = 0;
  unplaced = 0;
  readonly #reasons = new Map<string, { rows: number; readonly row: QuarantinedRow }>();

  add(row: SyncRow | QuarantinedRow): void {
    if (isPlaced(row)) {
      this.placed += 1;
      return;
    }
    this.unplaced += 1;
    const known = this.#reasons.get(row.reason) ?? { rows: 0, row: { ...row, raw: '' } };
    known.rows += 1;
    this.#reasons.set(row.reason, known);
  }

  get example(): QuarantinedRow | undefined {
    return [...this.#reasons.values()].sort((a, b) => b.rows - a.rows)[0]?.row;
  }
}
