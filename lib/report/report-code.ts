/**
 * The code of the function that writes reports: its bundle, the texts that a page holds, and DuckDB for Lambda's
 * processor. The last is a library of 70 MB: it is fetched where a report is configured, and no package carries it.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { AssetHashType, DockerImage, Stack } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import type { Settings } from '../configuration/schema.ts';
import { bundledReport, type CodeFiles, duckDbVersion, readFiles } from './report-bundle.ts';

const project = resolve(import.meta.dirname, '../..');
/** Stands in the package alone, as the exporter's does: whoever installs that needs no build tool. */
const inPackage = resolve(project, 'report-function');

export const reportHandler = 'report/index.handler';

export function reportCode(scope: Construct, architecture: Settings['architecture']): Code {
  const isPackage = existsSync(inPackage);
  // Where only the template is asked for, nothing is built or fetched.
  const files = !Stack.of(scope).bundlingRequired
    ? new Map()
    : isPackage
      ? readFiles(inPackage)
      : bundledReport(project);
  const duckDb = packageFor(architecture);
  return Code.fromAsset(isPackage ? inPackage : join(project, 'report'), {
    // Of what goes in: the CDK then leaves alone what it has made before.
    assetHashType: AssetHashType.CUSTOM,
    assetHash: hashOf(files, duckDb),
    bundling: {
      // Never asked for: what is below either makes it, or says why it can't.
      image: DockerImage.fromRegistry('none'),
      local: {
        tryBundle(folder) {
          writeFiles(folder, files);
          fetchDuckDb(folder, `${duckDb}@${duckDbVersion(files)}`);
          return true;
        },
      },
    },
  });
}

const packageFor = (architecture: Settings['architecture']): string =>
  `@duckdb/node-bindings-linux-${architecture === 'arm64' ? 'arm64' : 'x64'}`;

function hashOf(files: CodeFiles, ...more: readonly string[]): string {
  const hash = createHash('sha256').update(more.join());
  for (const [path, content] of files) hash.update(path).update(content);
  return hash.digest('hex');
}

export function writeFiles(folder: string, files: CodeFiles): void {
  for (const [path, content] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
}

/** On a Linux with the same processor it is here already; npm compares what it fetches with the registry's checksum. */
function fetchDuckDb(folder: string, wanted: string): void {
  const name = wanted.slice(0, wanted.lastIndexOf('@'));
  const library = join('node_modules', name, 'libduckdb.so');
  if (existsSync(join(project, library))) {
    cpSync(join(project, 'node_modules', name), join(folder, 'node_modules', name), { recursive: true });
    return;
  }
  const options = ['--no-save', '--no-package-lock', '--ignore-scripts', '--no-audit', '--no-fund'];
  try {
    // By force, since it is for another machine than this.
    execFileSync('npm', ['install', '--prefix', '.', '--force', ...options, wanted], {
      cwd: folder,
      stdio: ['ignore', 'ignore', 'pipe'],
      shell: process.platform === 'win32',
    });
  } catch (error) {
    throw new Error(
      `npm could not fetch ${wanted}, which the function that writes reports needs: see whether the registry can be ` +
        'reached from here, or leave report out of the configuration.',
      { cause: error },
    );
  }
  if (!existsSync(join(folder, library))) throw new Error(`npm has fetched ${wanted} without ${library}.`);
}
