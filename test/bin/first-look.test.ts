import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { firstLook } from '../../bin/first-look.ts';
import { scratchFolder } from '../files/scratch.ts';
import { day, integrations, put, sync } from './write-lake.ts';

const program = resolve(import.meta.dirname, '../../bin/query.ts');

function inFolder(folder: string): string {
  const before = process.cwd();
  process.chdir(folder);
  onTestFinished(() => process.chdir(before));
  return folder;
}

function fill(directory: string): void {
  const names = ['Users', 'A name much longer than the twenty-six of a column', null, 'Never ran'];
  const listed = ['one', 'two', 'three', 'four'].map((id, index) => ({
    integration_id: id,
    integration_name: names[index] ?? null,
  }));
  put(directory, integrations('a'), ...listed);
  put(directory, integrations('b'), { integration_id: 'one', integration_name: 'Another’s' });
  put(
    directory,
    day('a', '2024-05-01'),
    run('one', '2024-05-01 11:59:59.999', 'error', 1, 0),
    run('one', '2024-05-01 12:00:00.001', 'error', 2, 0),
    run('three', '2024-05-01 00:00:00.000', 'success', 9223372036854775807n, 0),
    run('gone', '2024-05-01 12:30:00.000', 'partial', 5, 6),
  );
  put(
    directory,
    day('a', '2024-05-02'),
    run('one', '2024-05-02 10:00:00.000', 'success', 7, 8),
    run('two', '2024-05-02 11:00:00.000', 'config_error', null, null),
    run('two', '2024-05-02 12:00:00.000', 'running', null, null),
    run('one', '2024-05-02 09:00:00.000', 'error', 3, 4),
  );
  put(directory, day('b', '2024-06-01'), run('one', '2024-06-01 00:00:00.000', 'error', 1, 1));
}

function run(
  id: string,
  start: string,
  status: string,
  synced: bigint | number | null,
  failed: number | null,
) {
  return sync({
    integration_id: id,
    sync_start_time: start,
    job_status: status,
    rows_synced: synced,
    rows_failed_with_errors: failed,
  });
}

const table = `\
integration                 last_start_utc    status           rows_synced  failed  runs_24h  bad_24h
──────────────────────────  ────────────────  ───────  ───────────────────  ──────  ────────  ───────
Users                       2024-05-02 10:00  success                    7       8         3        2
A name much longer than th  2024-05-02 12:00  running                                      2        1
gone                        2024-05-01 12:30  partial                    5       6         1        1
three                       2024-05-01 00:00  success  9223372036854775807       0         0        0
Never ran                                                                                  0        0
`;

/** What a person would copy: from the command to the end. */
const commandIn = (text: string): string => text.slice(text.indexOf('npm run query'));

function paste(command: string, folder: string) {
  const pasted = command.replace('npm run query --', `'${process.execPath}' '${program}'`);
  return spawnSync('sh', ['-c', pasted], { cwd: folder, encoding: 'utf8' });
}

describe('the first look', () => {
  it('shows the latest state of each integration, those in trouble first', async () => {
    const directory = scratchFolder();
    fill(directory);
    const text = await firstLook(directory, 'a');
    expect(text).toContain(`\n\n${table}\n`);
    expect(text).not.toContain('are shown');
  });

  it.each([
    ['data', ''],
    ['data-simulated', ''],
    ['elsewhere/it-is', ' --data elsewhere/it-is'],
    ['it\'s $HOME `or` "not" [x]*', ` --data 'it'\\''s $HOME \`or\` "not" [x]*'`],
  ])('gives the same table again when its command is pasted into a shell: %s', async (directory, option) => {
    const folder = inFolder(scratchFolder());
    fill(directory);
    const command = commandIn(await firstLook(directory, 'a'));
    expect(command.endsWith(`"${option}`)).toBe(true);
    expect(command.slice(0, command.lastIndexOf(`"${option}`)).replace('"', '')).not.toMatch(/["$`\\!]/);
    const { status, stdout } = paste(command, folder);
    expect(stdout).toBe(table);
    expect(status).toBe(0);
  });

  it('names the folder when another one would be read', async () => {
    const folder = inFolder(scratchFolder());
    fill('data-simulated');
    mkdirSync('data/lake', { recursive: true });
    const command = commandIn(await firstLook(join(folder, 'data-simulated'), 'a'));
    expect(command).toContain(' --data ');
    expect(paste(command, folder).stdout).toBe(table);
    expect(commandIn(await firstLook('./data-simulated', 'a'))).toContain(' --data ./data-simulated');
  });

  it('shows fifteen integrations, and says of how many', async () => {
    const directory = scratchFolder();
    const ids = Array.from({ length: 16 }, (_, index) => `integration-${String(index).padStart(2, '0')}`);
    const runs = ids.map((id) =>
      run(id, '2024-05-01 00:00:00.000', id.endsWith('15') ? 'error' : 'success', 1, 0),
    );
    put(directory, day('a', '2024-05-01'), ...runs);
    const text = await firstLook(directory, 'a');
    expect(text).toContain('\n15 of 16 integrations are shown, those in trouble first.\n');
    expect(text.match(/^integration-\d\d/gm)).toEqual([ids[15], ...ids.slice(0, 14)]);
  });

  it('fits a hundred columns', async () => {
    const directory = scratchFolder();
    const name = 'x'.repeat(200);
    put(directory, integrations('a'), { integration_id: 'one', integration_name: name });
    put(
      directory,
      day('a', '2024-05-01'),
      run('one', '2024-05-01 00:00:00.000', 'config_error', 123456789012, 123456),
    );
    inFolder(directory);
    const text = await firstLook('.', 'a');
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);
  });

  it('is a sentence while there are no syncs', async () => {
    const none = scratchFolder();
    expect(await firstLook(none, 'a')).toMatch(/^There are no syncs of the workspace a in .* yet\.$/);
    put(none, integrations('a'), { integration_id: 'one', integration_name: 'Users' });
    put(none, day('b', '2024-05-01'), run('one', '2024-05-01 00:00:00.000', 'success', 1, 0));
    expect(await firstLook(none, 'a')).toMatch(/^There are no syncs/);
  });
});
