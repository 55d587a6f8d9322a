/** What holds while lies are told: P10, P16. */
import { isAboutList, type LieName, type ToldLie } from '../../../local/simulator/lies/told-lie.ts';
import { expect } from '../difference.ts';
import type { MovingWorld } from '../world/moving-world.ts';
import { identityOf } from './identity.ts';
import { looksCutShort } from './quiet-runs.ts';
import type { Lake, LakeLine } from './read-lake.ts';
import type { Shown } from './shown.ts';

/** Of these, one integration's history can't be read: for ever means that it is failing, and says why. */
const failing: readonly LieName[] = [
  'not found',
  'unauthorized',
  'forbidden',
  'limited',
  'unavailable',
  'no answer',
  'late answer',
  'unplaceable starts',
];

/**
 * Only lists that leave somebody out more than once can make one believe that somebody is gone; or once, where the
 * status endpoint says the same.
 */
export function checkNobodyGone(lake: Lake, world: MovingWorld, lies: readonly ToldLie[]): void {
  if (lies.some(({ name }) => name === 'not found')) return;
  const aboutList = lies.filter(({ name }) => isAboutList(name));
  if (aboutList.length > 1 || aboutList.some(({ times }) => times !== 1)) return;
  for (const { integration_id, state } of lake.coverage) {
    expect(
      state !== 'gone' || world.gone.has(String(integration_id)),
      () => `P16: ${integration_id} is not gone`,
    );
  }
}

/** What was shown is in the lake, or coverage says that not all is well. */
export function checkSaid(lake: Lake, shown: Shown, spelled: boolean): void {
  const inLake = new Set(
    lake.syncs.map(({ integration_id, raw }) =>
      identityOf(String(integration_id), JSON.parse(String(raw)).sync_start_time, spelled),
    ),
  );
  for (const line of lake.coverage) {
    const id = String(line.integration_id);
    const missing = [...(shown.starts.get(id) ?? [])].find(
      (start) => !inLake.has(identityOf(id, start, spelled)),
    );
    expect(
      missing === undefined || !isWell(line),
      () => `P16: ${missing} of ${id} is missing, and nothing says so: ${JSON.stringify(line)}`,
    );
  }
}

/**
 * @param lies that are told for ever, and have been.
 * @param leavesOut lists have left somebody out, if only some of them: it may be gone by the end.
 * @param isSuspended the last run could not do all that it had to: where all are limited, that is how it is said.
 */
export function checkTold(
  lake: Lake,
  world: MovingWorld,
  lies: readonly ToldLie[],
  { isSuspended, leavesOut }: { readonly isSuspended: boolean; readonly leavesOut: boolean },
): void {
  for (const { name, integrationId } of lies) {
    if (!failing.includes(name)) continue;
    if (name === 'limited' && integrationId === undefined && isSuspended) continue;
    for (const line of lake.coverage) {
      const id = String(line.integration_id);
      if ((integrationId ?? id) !== id || world.gone.has(id) || !world.rows(id)?.length) continue;
      if (leavesOut && line.state === 'gone') continue;
      // Who shows nothing at all shows nothing that can't be placed either.
      const isHidden = lies.some(
        (lie) => lie.name === 'empty first page' && (lie.integrationId ?? id) === id,
      );
      if (name === 'unplaceable starts' && isHidden) continue;
      expect(
        line.failure !== null,
        () => `P16: ${name}, for ever, and nothing says so: ${JSON.stringify(line)}`,
      );
    }
  }
}

/** Where one integration is lied about for ever, and only one, all of whom nothing else is said are complete. */
export function checkOthers(lake: Lake, world: MovingWorld, lies: readonly ToldLie[]): void {
  const whomOf = (each: readonly ToldLie[]) =>
    new Set(each.map(({ name, integrationId }) => (isAboutList(name) ? undefined : integrationId)));
  const about = whomOf(lies.filter(({ times }) => times === null));
  const alsoAbout = whomOf(lies);
  const isLeftOut = lies.some(({ name }) => isAboutList(name));
  if (about.size !== 1 || about.has(undefined)) return;
  const shown = [...world.syncs.keys()].filter((id) => !alsoAbout.has(id));
  for (const line of lake.coverage) {
    const id = String(line.integration_id);
    // Where nothing that it lists can be placed, it fails by itself.
    if (alsoAbout.has(id) || world.gone.has(id) || world.isHostile(id)) continue;
    // A list that misses it often enough makes it gone for a while.
    if (isLeftOut && line.state === 'gone') continue;
    if (looksCutShort(String(line.failure), world, shown)) continue;
    expect(isWell(line) && line.gaps === 0, () => `P10: ${id} suffers for another: ${JSON.stringify(line)}`);
  }
}

function isWell({ state, failure, row_order }: LakeLine): boolean {
  return state === 'complete' && failure === null && row_order !== 'unproved';
}
