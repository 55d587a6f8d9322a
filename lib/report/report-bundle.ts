/** The bundle of the function that writes reports, and the texts around it, in the folders in which it looks for them. */
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

/** Contents by path. */
export type CodeFiles = ReadonlyMap<string, Uint8Array>;

/** @param project this one: esbuild and all sources are there. */
export function bundledReport(project: string): CodeFiles {
  const { buildSync }: typeof import('esbuild') = createRequire(import.meta.url)('esbuild');
  const { outputFiles } = buildSync({
    absWorkingDir: project,
    entryPoints: ['report/scheduled/handler.ts'],
    bundle: true,
    write: false,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    mainFields: ['module', 'main'],
    minify: true,
    // A library for one kind of machine each.
    external: ['@duckdb/node-bindings-*'],
    // For what is CommonJS in it.
    banner: {
      js: "import { createRequire } from 'node:module';const require = createRequire(import.meta.url);",
    },
    logLevel: 'silent',
  });
  const [bundle] = outputFiles;
  if (!bundle) throw new Error('esbuild has made no bundle of the report.');
  const { dependencies } = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8'));
  const assets = readdirSync(join(project, 'report/assets')).map((name) => `report/assets/${name}`);
  return new Map<string, Uint8Array>([
    ['report/index.mjs', bundle.contents],
    ...[...assets, 'docs/runbook.md'].map((path) => [path, readFileSync(join(project, path))] as const),
    [versionFile, Buffer.from(dependencies['@duckdb/node-api'])],
  ]);
}

/** The library has the version of what calls it, which is in the bundle. */
const versionFile = 'duckdb-version';

export const duckDbVersion = (files: CodeFiles): string =>
  Buffer.from(files.get(versionFile) ?? []).toString();

export const readFiles = (folder: string): CodeFiles =>
  new Map(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
      .map((path) => [path.slice(folder.length + 1).replaceAll('\\', '/'), readFileSync(path)]),
  );
