/** What the audit has to say: one finding for each thing that is not as promised. */

/** Each kind has its line in docs/audit.md, which says what to do. */
export const findingKinds = {
  stray_object: 'an object that has no place in the lake',
  damaged_object: 'an object that can not be read to its end',
  odd_object: 'an object that the exporter does not write like this',
  missing_object: 'an object that has to be there',
  not_json: 'a line that is not a JSON object',
  wrong_keys: 'a line with other columns, or in another order',
  wrong_type: 'a cell that a query would fail on',
  not_canonical: 'a line whose bytes are not those of its cells',
  unplaceable: 'a line whose raw row can not be placed',
  cell_differs: 'a cell that is not what the raw row says',
  wrong_day: 'a sync in the partition of another day',
  wrong_order: 'a line that stands in the wrong place',
  double: 'a sync, an integration or a row that stands twice',
  quarantined_and_placed: 'a row in quarantine that stands among the syncs',
  contact_emails: 'personal data that must not be kept',
  standing_differs: 'how an integration stands is not what its syncs say',
  coverage_differs: 'what is said of completeness is not so',
  days_differ: 'a day’s sums are not those of its syncs',
  changes_differ: 'what is told of a change does not follow from what was told before, or is not so now',
  checkpoint_damaged: 'a checkpoint record that can not be read',
  checkpoint_newer: 'a checkpoint record of a format that is not known',
  checkpoint_differs: 'a checkpoint record that does not fit itself or the lake',
  missing: 'a sync that Braze has and the lake has not',
  differs: 'a sync that is not as Braze has it',
  only_in_lake: 'a sync that Braze does not have any more',
  more_findings: 'more findings than are kept',
} as const;

export type FindingKind = keyof typeof findingKinds;

export interface Finding {
  readonly kind: FindingKind;
  /** The object's key, or the place of the checkpoint record. */
  readonly key: string;
  readonly integration_id: string | null;
  /** A sentence that names the row. */
  readonly detail: string;
}

/** A lake that is damaged throughout has a finding for each of its rows. */
const mostKept = 10_000;

export class Findings {
  readonly kept: Finding[] = [];
  #others = 0;

  add(kind: FindingKind, key: string, integrationId: string | null, detail: string): void {
    if (this.kept.length < mostKept) this.kept.push({ kind, key, integration_id: integrationId, detail });
    else this.#others += 1;
  }

  /** All of them; past the most that are kept, the last one says how many there are besides. */
  get all(): readonly Finding[] {
    if (this.#others === 0) return this.kept;
    const detail = `${this.#others} more findings are not named.`;
    return [...this.kept, { kind: 'more_findings', key: '', integration_id: null, detail }];
  }

  get count(): number {
    return this.kept.length + this.#others;
  }
}
