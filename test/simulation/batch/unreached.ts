/**
 * What a batch of histories has never reached: V8 counts which blocks of the code were run. So no mark of the tests
 * stands in the code that is tested.
 */
import { readFile } from 'node:fs/promises';
import { Session } from 'node:inspector/promises';
import { fileURLToPath } from 'node:url';

/** By the address of a file, for each of its characters: 1 where it was run. */
export type Reached = ReadonlyMap<string, Uint8Array>;

const root = fileURLToPath(new URL('../../../', import.meta.url));
const rooms = /\/lambda\/(walk|run)\/[\w-]+\.ts$/;

/** To be called before the code is loaded. @returns what tells, at the end, what was run since. */
export async function countBlocks(): Promise<() => Promise<Reached>> {
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.startPreciseCoverage', { callCount: false, detailed: true });
  return async () => {
    const { result } = await session.post('Profiler.takePreciseCoverage');
    const scripts = result.filter(({ url }) => rooms.test(url));
    return new Map(
      scripts.map(({ url, functions }) => {
        const ranges = functions.flatMap((each) => each.ranges);
        const reached = new Uint8Array(Math.max(...ranges.map(({ endOffset }) => endOffset)));
        // Functions come in the order in which they stand, and ranges from the outside in: the innermost counts.
        for (const { startOffset, endOffset, count } of ranges)
          reached.fill(count > 0 ? 1 : 0, startOffset, endOffset);
        return [url, reached];
      }),
    );
  };
}

/** What any of them has reached. */
export function joinReached(all: readonly Reached[]): Reached {
  const joined = new Map<string, Uint8Array>();
  for (const reached of all) {
    for (const [url, marks] of reached) {
      const known = joined.get(url);
      joined.set(url, known ? marks.map((mark, index) => mark | (known[index] ?? 0)) : marks);
    }
  }
  return joined;
}

/** A line for each block that nobody has reached: `lambda/walk/head.ts:12: return undefined;`. */
export async function describeUnreached(reached: Reached): Promise<string[]> {
  const files = await Promise.all(
    [...reached].map(async ([url, marks]) => {
      const path = fileURLToPath(url);
      const source = await readFile(path, 'utf8');
      return blocksWithout(marks).flatMap(([from, to]) => {
        const code = /^[\s{]*(?:\/\/.*\s*)*/.exec(source.slice(from, to))?.[0].length ?? 0;
        const text = source
          .slice(from + code, to)
          .replace(/\s+/g, ' ')
          .replace(/^\}? ?$/, '')
          .trim();
        if (text === '') return [];
        const line = source.slice(0, from + code).split('\n').length;
        return [`${path.slice(root.length)}:${line}: ${text.slice(0, 100)}`];
      });
    }),
  );
  return files.flat().sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
}

function blocksWithout(marks: Uint8Array): [from: number, to: number][] {
  const blocks: [number, number][] = [];
  for (let from = marks.indexOf(0); from >= 0; ) {
    const next = marks.indexOf(1, from);
    const to = next < 0 ? marks.length : next;
    blocks.push([from, to]);
    from = next < 0 ? -1 : marks.indexOf(0, to);
  }
  return blocks;
}
