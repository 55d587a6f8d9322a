/** A record has room for so many open syncs, and what is said where they are more. */
import { mostRecordBytes } from '../checkpoint/integration-record.ts';
import { timestampCell } from '../rows/instant.ts';
import type { OpenSyncs } from '../walk/open-syncs.ts';
import type { KeptRecord } from './kept-record.ts';

/** For what is said of a record when it has been made to fit. */
const roomForSentence = 1000;

export function makeRoom(record: KeptRecord, openSyncs: OpenSyncs): void {
  openSyncs.makeRoom(() => record.bytes, mostRecordBytes - roomForSentence);
}

/** A sentence for a person, where some were given up before their time. */
export function noRoom({ state }: KeptRecord, openSyncs: OpenSyncs): string | undefined {
  const givenUpTo = openSyncs.givenUpEarly(state.checkedAt ?? 0);
  if (givenUpTo === undefined) return undefined;
  return (
    `More syncs of this integration are open than its record has room for (${mostRecordBytes / 1000} KB). Those that ` +
    `started up to ${timestampCell(givenUpTo)} UTC are no longer asked about, and counted in abandoned_syncs.`
  );
}
