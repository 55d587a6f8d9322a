/** Who imports whom, as the lint finds it: types included, tests left out. */
import { join } from 'node:path';
import { cruise, type ICruiseResult, type IModule } from 'dependency-cruiser';
import extractOptions from 'dependency-cruiser/config-utl/extract-depcruise-options';

export type Arrow = readonly [from: string, to: string];

const baseDir = join(import.meta.dirname, '../../..');

export async function lintResult(): Promise<ICruiseResult> {
  const options = await extractOptions(join(baseDir, '.dependency-cruiser.mjs'));
  const rooms = ['audit', 'bin', 'lambda', 'lib', 'local', 'report', 'sql'];
  const { output } = await cruise(rooms, { ...options, baseDir, exclude: '^test/' });
  if (typeof output === 'string') throw new Error('The lint gave a text in place of its result.');
  return output;
}

/** @param nodeOf the node that a file belongs to; undefined where it is not drawn. */
export function arrowsBetween(
  modules: readonly IModule[],
  nodeOf: (file: string) => string | undefined,
): Arrow[] {
  const arrows = new Map<string, Arrow>();
  for (const { source, dependencies } of modules) {
    for (const { resolved } of dependencies) {
      const [from, to] = [nodeOf(source), nodeOf(resolved)];
      if (from !== undefined && to !== undefined && from !== to) arrows.set(`${from} ${to}`, [from, to]);
    }
  }
  return [...arrows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, arrow]) => arrow);
}

/** Without the arrows in whose place a longer way leads. The arrows must lead in no circle. */
export function withoutShortcuts(arrows: readonly Arrow[]): Arrow[] {
  const targets = (from: string): string[] => arrows.flatMap(([each, to]) => (each === from ? [to] : []));
  const leadsTo = (from: string, to: string): boolean =>
    targets(from).some((next) => next === to || leadsTo(next, to));
  return arrows.filter(([from, to]) => !targets(from).some((next) => next !== to && leadsTo(next, to)));
}
