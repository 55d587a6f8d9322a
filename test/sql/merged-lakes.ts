import type { ModelLake } from './model/lake.ts';

/**
 * Many lakes as one, in the same workspaces, with ids that keep them apart: an engine that takes a second for a
 * query answers for all of them at once.
 */
export function mergedLakes(lakes: readonly ModelLake[]): ModelLake {
  const apart =
    <T extends { readonly id: string }>(index: number) =>
    (line: T): T => ({ ...line, id: `${index}/${line.id}` });
  return {
    syncs: lakes.flatMap(({ syncs }, index) => syncs.map(apart(index))),
    integrations: lakes.flatMap(({ integrations }, index) => integrations.map(apart(index))),
    coverage: lakes.flatMap(({ coverage }, index) => coverage.map(apart(index))),
    standing: lakes.flatMap(({ standing }, index) => standing.map(apart(index))),
    quarantine: lakes.flatMap(({ quarantine }) => quarantine),
    changes: lakes.flatMap(({ changes }, index) => changes.map(apart(index))),
  };
}
