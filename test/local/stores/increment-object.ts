/** A child: counts an object up so many times, beginning again whenever another was faster. */

import { LostRace } from '../../../lambda/errors/lost-race.ts';
import { FileObjectStore } from '../../../local/stores/file-object-store.ts';

const [, , directory = '', times = ''] = process.argv;
const store = new FileObjectStore(directory);

for (let done = 0; done < Number(times); ) {
  const object = await store.get('counter');
  const count = Number(object ? new TextDecoder().decode(object.body) : 0);
  try {
    await store.put('counter', new TextEncoder().encode(String(count + 1)), object?.etag);
    done += 1;
  } catch (error) {
    if (!(error instanceof LostRace)) throw error;
  }
}
