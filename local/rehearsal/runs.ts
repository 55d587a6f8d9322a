/** Steps: the first run, a second that finds nothing new, and one that the schedule starts. */
import { setTimeout as after } from 'node:timers/promises';
import type { Clients } from '../aws/clients.ts';
import { compare } from './compare.ts';
import type { Deployed } from './deployed.ts';
import { invokeWell } from './invoke.ts';
import { countsOf, type Lake, readLake, written } from './lake.ts';
import type { Say } from './narrator.ts';
import type { Rehearsal } from './rehearsal.ts';
import { expectThat } from './rehearsal-failure.ts';
import { wholeLake } from './whole-lake.ts';

export async function firstRun({ narrator, clients, braze }: Rehearsal, stack: Deployed): Promise<void> {
  await narrator.step('Run it now', async (say) => {
    const { requests, rows, objects } = await invokeWell(clients, stack);
    say(`${requests.status} status requests, ${rows.new} new rows, ${objects.written} objects written`);
    const lake = await wholeLake(clients, stack, braze);
    const integrations = lake.lines.integrations?.length;
    expectThat(
      integrations === braze.integrations() && lake.lines.coverage?.length === integrations,
      `There are ${braze.integrations()} integrations, and ${integrations} in the lake.`,
    );
    say(`Read back from the bucket: ${countsOf(lake)}; every sync of the simulated Braze once`);
  });
}

export async function steadyRun(rehearsal: Rehearsal, stack: Deployed, title: string): Promise<void> {
  await rehearsal.narrator.step(title, (say) => runThatFindsNothingNew(rehearsal, stack, say));
}

async function runThatFindsNothingNew(
  { clients, braze }: Rehearsal,
  stack: Deployed,
  say: Say,
): Promise<void> {
  const before = await readLake(clients, stack.bucket);
  const { requests, rows } = await invokeWell(clients, stack);
  expectThat(rows.new === 0 && rows.updated === 0, `Nothing has happened, and ${rows.new} rows are new.`);
  const changed = written(before, await wholeLake(clients, stack, braze));
  expectThat(
    changed.every((key) => /^(coverage|standing)\//.test(key)),
    `A run that learned nothing has written ${changed.join(', ')}.`,
  );
  // One for the head of each integration, and a few where syncs are open or a page has just filled up.
  const most = 2 * braze.integrations();
  expectThat(requests.status <= most, `${requests.status} status requests; ${most} are enough.`);
  say(
    `${requests.status} status requests for ${braze.integrations()} integrations; nothing but coverage and standing written`,
  );
}

/** Seconds until the schedule must have fired: it is due every minute, and the local AWS looks every ten seconds. */
const patience = 120;

export async function scheduledRun(
  { narrator, clients, braze, signal }: Rehearsal,
  stack: Deployed,
): Promise<void> {
  await narrator.step('Wait for the schedule to fire', async (say) => {
    const before = await readLake(clients, stack.bucket);
    braze.time.pass(30);
    say('Half an hour passes in the simulated Braze; the schedule is due once a minute');
    const deadline = performance.now() + patience * 1000;
    let seen = before;
    // A run that was at work when time passed has not seen all of it: then the next one is waited for.
    while (compare(braze.syncs(), seen.lines.syncs ?? []).missing > 0) {
      seen = await afterNextRun(clients, stack, seen, () => {
        expectThat(performance.now() < deadline, `The schedule has not fired in ${patience} seconds.`);
        return after(500, undefined, { signal });
      });
    }
    const lake = await wholeLake(clients, stack, braze);
    const added = (lake.lines.syncs?.length ?? 0) - (before.lines.syncs?.length ?? 0);
    say(`It has: ${added} new syncs, ${written(before, lake).length} objects written`);
  });
}

/** The lake once another run has ended. Coverage is written last: with it, all else of a run is there. */
async function afterNextRun(
  clients: Clients,
  { bucket }: Deployed,
  before: Lake,
  pause: () => Promise<void>,
): Promise<Lake> {
  const hasRun = async () => written(before, await readLake(clients, bucket, 'coverage/')).length > 0;
  while (!(await hasRun())) await pause();
  return readLake(clients, bucket);
}
