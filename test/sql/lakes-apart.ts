import type { Row } from './compare-views.ts';
import type { ModelLake } from './model/lake.ts';

/**
 * Many lakes as one, each in workspaces of its own: `a` of the lake named `7` is `7-a`, and its ids are its own, too.
 * Planning a query takes an engine longer than answering it for a small history, and like this it answers for all
 * of them at once.
 */
export function lakesApart(lakes: ReadonlyMap<string, ModelLake>): ModelLake {
  const all = <T extends object>(linesOf: (lake: ModelLake) => readonly T[], apart: Apart<T>): T[] =>
    [...lakes].flatMap(([name, lake]) => linesOf(lake).map((line) => ({ ...line, ...apart(line, name) })));
  return {
    syncs: all(({ syncs }) => syncs, ofIntegration),
    integrations: all(({ integrations }) => integrations, ofIntegration),
    coverage: all(({ coverage }) => coverage, ofIntegration),
    standing: all(({ standing }) => standing, ofIntegration),
    quarantine: all(({ quarantine }) => quarantine, ofWorkspace),
    changes: all(({ changes }) => changes, ofIntegration),
  };
}

/** The rows of one of them, with its own names of workspaces and its own ids. */
export function rowsOfLake(name: string, rows: readonly Row[]): Row[] {
  const own = (cell: unknown): unknown =>
    typeof cell === 'string' && cell.startsWith(`${name}/`) ? cell.slice(name.length + 1) : cell;
  return rows
    .filter(({ workspace }) => String(workspace).startsWith(`${name}-`))
    .map(({ workspace, ...row }) => ({
      workspace: String(workspace).slice(name.length + 1),
      // An id also stands where a name is missing.
      ...Object.fromEntries(Object.entries(row).map(([column, cell]) => [column, own(cell)])),
    }));
}

type Apart<T> = (line: T, lake: string) => Partial<T>;

const ofWorkspace = ({ workspace }: { readonly workspace: string }, lake: string) => ({
  workspace: `${lake}-${workspace}`,
});

const ofIntegration = (line: { readonly workspace: string; readonly id: string }, lake: string) => ({
  ...ofWorkspace(line, lake),
  id: `${lake}/${line.id}`,
});
