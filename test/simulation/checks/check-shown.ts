/** What holds after every run, however much the source has lied: P1, P15, P16. */
import { expect } from '../difference.ts';
import { identityOf } from './identity.ts';
import type { Lake, LakeLine } from './read-lake.ts';
import { servedRow } from './served-row.ts';
import type { Shown } from './shown.ts';

/** @returns how many claims were checked. */
export function checkShown(lake: Lake, shown: Shown, spelled: boolean): number {
  const inLake = new Set<string>();
  for (const line of lake.syncs) {
    const id = String(line.integration_id);
    const { start, json } = servedRow(line);
    const identity = identityOf(id, start, spelled);
    expect(!inLake.has(identity), () => `P1: ${identity} stands in the lake twice`);
    inLake.add(identity);
    expect(shown.has(id, json), () => `P1: ${id} was never shown like this: ${line.raw}`);
  }
  let claims = 0;
  for (const line of lake.coverage) {
    const id = String(line.integration_id);
    for (const start of shown.starts.get(id) ?? []) {
      if (!isClaimed(line, start)) continue;
      claims += 1;
      expect(
        inLake.has(identityOf(id, start, spelled)),
        () =>
          `P15 P16: ${id} claims ${line.complete_from} to ${line.complete_to}, ${start} was shown and is missing`,
      );
    }
  }
  return claims;
}

function isClaimed({ complete_from, complete_to, row_order }: LakeLine, start: string): boolean {
  if (complete_to === null || row_order === 'unproved') return false;
  const at = Date.parse(start);
  // The claim is cut to milliseconds: of its first one, nothing can be said.
  return at > (complete_from === null ? 0 : timeOf(complete_from)) && at <= timeOf(complete_to);
}

function timeOf(cell: LakeLine[string] | undefined): number {
  return Date.parse(`${String(cell).replace(' ', 'T')}Z`);
}
