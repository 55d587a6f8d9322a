/**
 * The construct as a package for npm: compiled, with types and the function's bundle, so that whoever installs it needs
 * no build tool. It has a manifest of its own: that of the project would bring all that runs on a developer's machine.
 */
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bundledReport } from '../../lib/report/report-bundle.ts';
import { writeFiles } from '../../lib/report/report-code.ts';
import manifest from '../../package.json' with { type: 'json' };
import { explaining } from '../stores/file-error.ts';
import { makeFolder } from '../stores/make-folder.ts';
import { runTool } from './run-tool.ts';
import { synthesize } from './synthesize.ts';

const project = join(import.meta.dirname, '../..');
/** There is no option that names another folder. */
const choice = 'another clone of this project';

/** What lib/ imports, and what lambda/ and sql/ bring along; the function has its own in the bundle. */
const runtime = ['cron-validate', 'croner', 'zod'] as const;
/** Constructs of two copies do not recognize each other: the app's own are used. */
const peers = ['aws-cdk-lib', 'constructs'] as const;

/**
 * @param folder for what goes in, and for the archive. @returns the path of the archive.
 * @throws {StoreFailure} it can't be written. @throws {ToolFailure}
 */
export async function npmPackage(folder = join(project, 'dist')): Promise<string> {
  const put = (file: string, content: string | Uint8Array) =>
    explaining(join(folder, file), () => writeFile(join(folder, file), content), choice);
  await explaining(folder, () => rm(folder, { recursive: true, force: true }), choice);
  // Before the work of some seconds, which would be in vain.
  makeFolder(folder, choice);
  await put('LICENSE', await readFile(join(project, 'LICENSE')));
  await put('README.md', await readFile(join(project, 'docs/construct.md')));
  const tsc = join(project, 'node_modules/typescript/bin/tsc');
  const compiling = [tsc, '-p', join(project, 'tsconfig.pack.json'), '--outDir', folder];
  await runTool('the compiler (tsc)', process.execPath, compiling);
  makeFolder(join(folder, 'function'), choice);
  const configuration = { workspaces: [{ name: 'default', endpoint: 'https://rest.iad-01.braze.com' }] };
  await put('function/index.mjs', (await synthesize(configuration, {})).code);
  // Without DuckDB, which is fetched for the processor of whoever has a report written.
  const report = bundledReport(project);
  const reportFolder = join(folder, 'report-function');
  await explaining(reportFolder, async () => writeFiles(reportFolder, report), choice);
  await put('package.json', `${JSON.stringify(manifestOf(), null, 2)}\n`);
  const stdout = await runTool('npm pack', 'npm', ['pack', '--json', '--ignore-scripts'], { cwd: folder });
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
