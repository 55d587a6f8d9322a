import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { scratchFolder } from '../stores/scratch.ts';

const program = resolve(import.meta.dirname, '../../../bin/start.ts');
const tellingWhatIsLoaded = `data:text/javascript,${encodeURIComponent(`
  import { registerHooks } from 'node:module';
  registerHooks({
    load(url, context, load) {
      process.stderr.write('loaded ' + url + String.fromCharCode(10));
      return load(url, context);
    },
  });
`)}`;

function started(parameters: readonly string[], environment: Record<string, string> = {}) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', tellingWhatIsLoaded, program, ...parameters],
    { cwd: scratchFolder(), encoding: 'utf8', env: { ...process.env, BRAZE_API_KEY: 'key', ...environment } },
  );
  const packages = stderr
    .matchAll(/^loaded .*\/node_modules\/((?:@[^/]+\/)?[^/]+)/gm)
    .map(([, name]) => name);
  return { status, stdout, packages: new Set(packages) };
}

describe('npm start loads only what it uses', () => {
  test('to tell its help, what reads the command line', () => {
    const { status, packages } = started(['--help']);
    expect({ status, packages }).toEqual({ status: 0, packages: new Set(['commander']) });
  });

  test('to refuse wrong use, what checks the options, too', () => {
    const { status, packages } = started(['--deadline', 'soon']);
    expect({ status, packages }).toEqual({ status: 2, packages: new Set(['commander', 'zod']) });
  });

  test('to export, neither the SDK nor a database, a chart, a table or a bar', () => {
    const nobody = ['--endpoint', 'http://127.0.0.1:1', '--deadline', '0.1', '--json'];
    const { stdout, packages } = started(nobody);
    expect(JSON.parse(stdout)).toMatchObject({ workspace: 'default', pages: 0 });
    expect([...packages].filter((name) => !exporting.has(String(name)))).toEqual([]);
  });

  test('where nothing can be kept of what was compiled, it goes on without', () => {
    const folder = join(program, 'a file is no folder');
    const { status, stdout } = started(['--help'], { TMPDIR: folder, NODE_COMPILE_CACHE: folder });
    expect({ status, stdout }).toMatchObject({ status: 0, stdout: expect.stringContaining('--endpoint') });
  });
});

const exporting = new Set(['commander', 'zod', 'ky', 'http-link-header', 'p-map']);
