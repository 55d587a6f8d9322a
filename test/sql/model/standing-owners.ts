import { keyOf, type ModelLake, type Standing } from './lake.ts';
import { namesOf, ownersOf } from './syncs.ts';

/** Every integration that is listed or stands, with its line where it has one. */
export function standingOwnersOf({ integrations, standing }: ModelLake) {
  const lines = new Map<string, Standing>(standing.map((line) => [keyOf(line), line]));
  const known = ownersOf({
    syncs: [],
    integrations,
    coverage: [],
    standing: [],
    quarantine: [],
    changes: [],
  });
  const listed = new Set(known.map(keyOf));
  const unlisted = standing
    .filter((line) => !listed.has(keyOf(line)))
    .map(({ workspace, id }) => ({ workspace, id, name: id, listing: undefined, syncs: [] }));
  return [...known, ...unlisted].map((owner) => ({
    names: {
      ...namesOf(owner),
      integration_status: owner.listing?.status ?? null,
      listed: owner.listing?.listed ?? null,
    },
    line: lines.get(keyOf(owner)),
  }));
}
