/** `npm run query --json "…"`: npm knows an option of that name, and keeps it without a word. */
import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { day, put, sync } from '../query/write-lake.ts';
import { scratchFolder } from '../stores/scratch.ts';

const bin = resolve(import.meta.dirname, '../../../bin');

function told(file: string, parameters: readonly string[], environment: Readonly<Record<string, string>>) {
  const folder = scratchFolder();
  put(join(folder, 'data'), day('a', '2024-05-01'), sync({ integration_id: 'one' }));
  const { status, stderr } = spawnSync(process.execPath, [join(bin, file), ...parameters], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, ...environment },
  });
  return { status, stderr };
}

test.each([
  ['query.ts', ['SELECT 1'], 'npm run query -- --json'],
  ['doctor.ts', [], 'npm run doctor -- --json'],
  ['start.ts', ['--test-alert'], 'npm start -- --json'],
  ['audit.ts', ['--data', 'data'], 'npm run audit -- --json'],
] as const)(
  '%s says how it is meant, where npm has kept --json, and not where it has come',
  (file, given, right) => {
    const note = `npm has kept --json for itself; for JSON, write it behind the --: ${right}\n`;
    const environment = { npm_config_json: 'true', ALERT_WEBHOOK: 'http://127.0.0.1:4/' };
    expect(told(file, given, environment).stderr).toContain(note);
    expect(told(file, [...given, '--json'], environment).stderr).not.toContain('npm has kept');
    expect(told(file, given, { ALERT_WEBHOOK: 'http://127.0.0.1:4/' }).stderr).not.toContain('npm has kept');
  },
);
