import type { Clients } from '../aws/clients.ts';
import { compare } from './compare.ts';
import type { Deployed } from './deployed.ts';
import { type Lake, readLake } from './lake.ts';
import { expectThat } from './rehearsal-failure.ts';
import type { SimulatedWorkspace } from './simulated-workspace.ts';

/** Reads the lake, and sees that it holds every sync of the source once, as it stands now, and nothing else. */
export async function wholeLake(
  clients: Clients,
  { bucket }: Pick<Deployed, 'bucket'>,
  braze: SimulatedWorkspace,
): Promise<Lake> {
  const lake = await readLake(clients, bucket);
  const source = braze.syncs();
  const { missing, surplus } = compare(source, lake.lines.syncs ?? []);
  expectThat(
    missing === 0 && surplus === 0,
    `The simulated Braze has ${source.length} syncs. Of these ${missing} are not in the lake as they stand; ` +
      `${surplus} lines of the lake are doubled or not at the source.`,
  );
  expectThat(lake.lines.quarantine === undefined, 'Rows were quarantined, and all of them can be placed.');
  return lake;
}
