/**
 * The construct as a package for npm: compiled, with types and the function's bundle, so that whoever installs it needs
 * no build tool. It has a manifest of its own: that of the project would bring all that runs on a developer's machine.
 */
import { execFile } from 'node:child_process';
import { copyFile, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { bundledReport } from '../../lib/report/report-bundle.ts';
import { writeFiles } from '../../lib/report/report-code.ts';
import manifest from '../../package.json' with { type: 'json' };
import { synthesize } from './synthesize.ts';

const project = join(import.meta.dirname, '../..');
const run = promisify(execFile);

/** What lib/ imports, and what lambda/ and sql/ bring along; the function has its own in the bundle. */
const runtime = ['cron-validate', 'croner', 'zod'] as const;
/** Constructs of two copies do not recognize each other: the app's own are used. */
const peers = ['aws-cdk-lib', 'constructs'] as const;

/** @param folder for what goes in, and for the archive. @returns the path of the archive. */
export async function npmPackage(folder = join(project, 'dist')): Promise<string> {
  await rm(folder, { recursive: true, force: true });
  const tsc = join(project, 'node_modules/typescript/bin/tsc');
  await run(process.execPath, [tsc, '-p', join(project, 'tsconfig.pack.json'), '--outDir', folder]);
  await mkdir(join(folder, 'function'));
  const configuration = { workspaces: [{ name: 'default', endpoint: 'https://rest.iad-01.braze.com' }] };
  await writeFile(join(folder, 'function/index.mjs'), (await synthesize(configuration, {})).code);
  // Without DuckDB, which is fetched for the processor of whoever has a report written.
  writeFiles(join(folder, 'report-function'), bundledReport(project));
  await writeFile(join(folder, 'package.json'), `${JSON.stringify(manifestOf(), null, 2)}\n`);
  await copyFile(join(project, 'LICENSE'), join(folder, 'LICENSE'));
  await copyFile(join(project, 'docs/construct.md'), join(folder, 'README.md'));
  const { stdout } = await run('npm', ['pack', '--json', '--ignore-scripts'], { cwd: folder });
  const [packed] = JSON.parse(stdout) as { filename: string }[];
  return join(folder, packed?.filename ?? '');
}

function manifestOf() {
  const { name, version, description, license, dependencies } = manifest;
  const versions = (names: readonly (keyof typeof dependencies)[]) =>
    Object.fromEntries(names.map((each) => [each, dependencies[each]]));
  return {
    ...{ name, version, description, license },
    type: 'module',
    main: './lib/index.js',
    types: './lib/index.d.ts',
    exports: { '.': { types: './lib/index.d.ts', default: './lib/index.js' } },
    files: ['lib', 'lambda', 'sql', 'function', 'report-function', 'LICENSE'],
    // From here on CommonJS may require a module.
    engines: { node: '>=22.12' },
    dependencies: versions(runtime),
    peerDependencies: versions(peers),
  };
}
