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
  const manifest = { dependencies: { [duckDb]: dependencies[duckDb] } };
  const assets = readdirSync(join(project, 'report/assets')).map((name) => `report/assets/${name}`);
  return new Map([
    ['report/index.mjs', bundle.contents],
    ...[...assets, 'docs/runbook.md'].map((path) => [path, readFileSync(join(project, path))] as const),
    ['package.json', Buffer.from(`${JSON.stringify(manifest)}\n`)],
  ]);
}

/** The library that it loads has the version of what calls it. */
const duckDb = '@duckdb/node-api';

export function duckDbVersion(files: CodeFiles): string {
  const { dependencies } = JSON.parse(Buffer.from(files.get('package.json') ?? []).toString());
  return dependencies[duckDb];
}

export const readFiles = (folder: string): CodeFiles =>
  new Map(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
      .map((path) => [path.slice(folder.length + 1).replaceAll('\\', '/'), readFileSync(path)]),
  );
