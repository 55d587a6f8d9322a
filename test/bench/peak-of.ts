/** How much memory a process needs, told by itself at its end. */
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { type Measure, measure } from './measure.ts';

/**
 * For a process that is to be measured. What is measured has to fit: V8 collects late where it has room, and
 * would show what it could take, not what it needs.
 */
export const measuredOptions = [
  '--max-old-space-size=96',
  '--max-semi-space-size=8',
  '--import',
  new URL('./peak-memory.ts', import.meta.url).href,
];

/** @param stderr of a process that was started with {@link measuredOptions}. */
export async function peakOf(name: string, stderr: Readable): Promise<Measure[]> {
  const said = await text(stderr);
  const [, heap, resident] = /peak-memory heap (\d+) resident (\d+)/.exec(said) ?? [];
  if (!heap || !resident) throw new Error(`The measured process said nothing of its memory: ${said}`);
  return [
    measure(`peak heap in MB, ${name}`, Number(heap), 128, 0),
    measure(`peak resident memory in MB, ${name}`, Number(resident), 256, 0),
  ];
}
