/** How often a lab writes the objects below a prefix, and how much. */
import type { Lab } from '../simulation/lab/lab.ts';

export interface Writes {
  count: number;
  bytes: number;
  readonly keys: Set<string>;
}

/** @returns what counts up from now on. */
export function countWrites({ objects }: Lab, prefix: 'syncs/' | 'days/'): Writes {
  const written: Writes = { count: 0, bytes: 0, keys: new Set() };
  const put = objects.put.bind(objects);
  objects.put = async (key, body, expected) => {
    await put(key, body, expected);
    if (!key.startsWith(prefix)) return;
    written.count += 1;
    written.bytes += body.byteLength;
    written.keys.add(key);
  };
  return written;
}
