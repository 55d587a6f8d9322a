/** How often a lab writes its days, and how much. */
import type { Lab } from '../simulation/lab.ts';

export interface DayWrites {
  count: number;
  bytes: number;
}

export const isDay = (key: string): boolean => key.startsWith('syncs/');

/** @returns what counts up from now on. */
export function countDayWrites({ objects }: Lab): DayWrites {
  const written = { count: 0, bytes: 0 };
  const put = objects.put.bind(objects);
  objects.put = async (key, body, expected) => {
    await put(key, body, expected);
    if (!isDay(key)) return;
    written.count += 1;
    written.bytes += body.byteLength;
  };
  return written;
}
