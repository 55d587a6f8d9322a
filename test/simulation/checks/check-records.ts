/**
 * The checkpoint holds nothing that can't be: stretches are sorted and apart, only the last can be closed, and what
 * a stretch holds to be whole stands in the lake, as far as the source has shown it. Read as it lies in the store,
 * independently of the code that wrote it.
 */
import type { CheckpointRecord } from '../../../lambda/checkpoint/checkpoint-store.ts';
import { expect } from '../difference.ts';
import { identityOf } from './identity.ts';
import type { Lake } from './read-lake.ts';
import { servedRow } from './served-row.ts';
import type { Shown } from './shown.ts';

interface StoredStretch {
  readonly newest: string;
  readonly oldest: string;
  readonly closed: boolean;
}

export function checkRecords(
  records: readonly CheckpointRecord[],
  { lake, shown, spelled }: { lake: Lake; shown: Shown; spelled: boolean },
): void {
  const inLake = new Set(
    lake.syncs.map((line) => identityOf(String(line.integration_id), servedRow(line).start, spelled)),
  );
  for (const { item, data } of records) {
    if (!item.startsWith('integration#')) continue;
    const { integration_id: id, stretches = [] } = data as {
      integration_id: string;
      stretches?: readonly StoredStretch[];
    };
    for (const [index, stretch] of stretches.entries()) {
      const { newest, oldest, closed } = stretch;
      const older = stretches[index + 1];
      const what = () => `P3: ${id} holds ${JSON.stringify(stretches)}`;
      expect(oldest <= newest, what);
      expect(!older || (older.newest < oldest && !closed), what);
      checkWhole(id, stretch, { inLake, starts: shown.starts.get(id) ?? new Set(), spelled });
    }
  }
}

function checkWhole(
  id: string,
  { newest, oldest }: StoredStretch,
  { inLake, starts, spelled }: { inLake: ReadonlySet<string>; starts: ReadonlySet<string>; spelled: boolean },
): void {
  const [from, to] = [Date.parse(`${oldest}Z`), Date.parse(`${newest}Z`)];
  for (const start of starts) {
    const at = Date.parse(start);
    if (at <= from || at >= to) continue;
    expect(
      inLake.has(identityOf(id, start, spelled)),
      () => `P3: ${id} holds ${oldest} to ${newest} to be whole, ${start} was shown and is missing`,
    );
  }
}
