/** A child: counts a record up so many times, or for ever, a line for each; begins again whenever another was faster. */

import { LostRace } from '../../../lambda/errors/lost-race.ts';
import { FileCheckpointStore } from '../../../local/stores/file-checkpoint-store.ts';

const [, , directory = '', times = 'Infinity'] = process.argv;
const store = new FileCheckpointStore(directory);

for (let done = 0; done < Number(times); ) {
  const record = await store.get('default', 'workspace');
  const version = (record?.version ?? 0) + 1;
  try {
    const data = { count: version, filling: 'x'.repeat(5000), last: version };
    await store.put('default', { item: 'workspace', version, data }, record?.version);
    done += 1;
    console.log(version);
  } catch (error) {
    if (!(error instanceof LostRace)) throw error;
  }
}
