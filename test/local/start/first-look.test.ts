import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { firstLook } from '../../../local/start/first-look.ts';
import { look } from '../../../local/start/look.ts';
import { plainScreen } from '../../../local/table/screen.ts';
import { writeReport } from '../../../report/write-report.ts';
import { standingFields } from '../../sql/lake-of.ts';
import { standing } from '../../sql/lines.ts';
import type { Standing } from '../../sql/model/lake.ts';
import { day, integrations, put, sync } from '../query/write-lake.ts';
import { scratchFolder } from '../stores/scratch.ts';

const program = resolve(import.meta.dirname, '../../../bin/query.ts');

function inFolder(folder: string): string {
  const before = process.cwd();
  process.chdir(folder);
  onTestFinished(() => process.chdir(before));
  return folder;
}

/** So many days before today, since the views look back from the present. */
const daysAgo = (days: number): string => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);
const [yesterday, before, weeksAgo] = [1, 2, 20].map(daysAgo) as [string, string, string];

function fill(directory: string): void {
  const names = ['Users', long, null, 'Never ran'];
  const listed = ['one', 'two', 'three', 'four'].map((id, index) => ({
    integration_id: id,
    integration_name: names[index] ?? null,
  }));
  put(directory, integrations('a'), ...listed);
  put(directory, integrations('b'), { integration_id: 'one', integration_name: 'Another’s' });
  put(
    directory,
    day('a', before),
    run('one', `${before} 11:59:59.999`, 'error', 1, 0),
    run('one', `${before} 12:00:00.001`, 'error', 2, 0),
    run('three', `${before} 00:00:00.000`, 'success', 123456789012n, 0),
    run('gone', `${before} 12:30:00.000`, 'partial', 5, 6),
  );
  put(
    directory,
    day('a', yesterday),
    run('one', `${yesterday} 10:00:00.000`, 'success', 7, 8),
    run('two', `${yesterday} 11:00:00.000`, 'config_error', null, null),
    run('two', `${yesterday} 12:00:00.000`, 'running', null, null),
    run('one', `${yesterday} 09:00:00.000`, 'error', 3, 4),
  );
  put(directory, day('a', weeksAgo), run('two', `${weeksAgo} 00:00:00.000`, 'success', 1, 0));
  put(directory, day('b', yesterday), run('one', `${yesterday} 00:00:00.000`, 'error', 1, 1));
  put(
    directory,
    'coverage/workspace=a/coverage.ndjson.gz',
    covered('gone', 'gone', 0),
    covered('one', 'complete', 0),
    covered('two', 'backfilling', 2),
  );
  stand(
    directory,
    { id: 'four' },
    {
      id: 'gone',
      lastStatus: 'partial',
      lastStart: at(before, '12:30'),
      lastSynced: 5n,
      lastFailed: 6n,
      ...streak(before, '12:30'),
    },
    {
      id: 'one',
      lastStatus: 'success',
      lastStart: at(yesterday, '10:00'),
      lastSynced: 7n,
      lastFailed: 8n,
      lastSuccess: at(yesterday, '10:00'),
    },
    {
      id: 'three',
      lastStatus: 'success',
      lastStart: at(before, '00:00'),
      lastSynced: 123456789012n,
      lastFailed: 0n,
      lastSuccess: at(before, '00:00'),
    },
    {
      id: 'two',
      lastStatus: 'running',
      lastStart: at(yesterday, '12:00'),
      lastSuccess: at(weeksAgo, '00:00'),
      ...streak(yesterday, '11:00'),
    },
  );
}

const at = (date: string, time: string): number => Date.parse(`${date}T${time}:00.000Z`);

const streak = (date: string, time: string) => ({ withoutSuccess: 1n, failingSince: at(date, time) });

/** How the integrations of `a` stand. */
function stand(directory: string, ...lines: Partial<Standing>[]): void {
  put(
    directory,
    'standing/workspace=a/standing.ndjson.gz',
    ...lines.map((line) => standingFields(standing({ asOf: at(yesterday, '12:00'), ...line }))),
  );
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
    sync_finish_time: status === 'running' ? null : start,
    job_status: status,
    rows_synced: synced,
    rows_failed_with_errors: failed,
  });
}

const covered = (id: string, state: string, gaps: number) => ({
  integration_id: id,
  complete_from: `${before} 00:00:00.000`,
  complete_to: `${yesterday} 12:00:00.000`,
  gaps,
  open_syncs: 0,
  abandoned_syncs: 0,
  row_order: 'newest_first',
  state,
  failure: null,
  checked_at: `${yesterday} 12:00:00.000`,
});

const long = 'A name much longer than the twenty-six of a column';

/** Where nothing has a width, a table is whole. */
const latest = [
  [long, `${yesterday} 12:00`, 'running', '', '', `${weeksAgo} 00:00`, '1'],
  ['gone', `${before} 12:30`, 'partial', '5', '6', '', '1'],
  ['Users', `${yesterday} 10:00`, 'success', '7', '8', `${yesterday} 10:00`, '0'],
  ['three', `${before} 00:00`, 'success', '123456789012', '0', `${before} 00:00`, '0'],
  ['Never ran', '', '', '', '', '', '0'],
];

const incidents = [
  [long, `${yesterday} 11:00`, '1', '', 'still open', ''],
  ['gone', `${before} 12:30`, '1', 'partial', 'still open', ''],
  ['Users', `${before} 11:59`, '3', 'error', `${yesterday} 10:00`, '22 hours'],
];

const completeness = [
  ['Never ran', 'No run has read it yet.'],
  ['three', 'No run has read it yet.'],
  [long, `Whole from ${before} 00:00 to ${yesterday} 12:00. Older stretches not read yet: 2.`],
  ['gone', `Whole from ${before} 00:00 to ${yesterday} 12:00. It is gone from Braze; its history is kept.`],
  ['Users', `Whole from ${before} 00:00 to ${yesterday} 12:00.`],
];

/** The cells of the tables, cut where the line below their names is cut. */
function tablesIn(text: string): string[][][] {
  return text
    .matchAll(/^(─[─ ]+)\n((?:.+\n)+)/gm)
    .map(([, rule = '', rows = '']) => {
      const places = [...rule.matchAll(/─+/g)].map(({ index, 0: { length } }) => [index, index + length]);
      return rows
        .trimEnd()
        .split('\n')
        .map((row) => places.map(([from, to]) => row.slice(from, to).trim()));
    })
    .toArray();
}

/** What a person would copy: from the command to the end. */
const commandIn = (text: string): string => text.slice(text.indexOf('npm run query'));

function paste(command: string, folder: string) {
  const pasted = command.replace('npm run query --', `'${process.execPath}' '${program}'`);
  return spawnSync('sh', ['-c', pasted], { cwd: folder, encoding: 'utf8' });
}

describe('the first look', () => {
  it('shows the latest syncs, the incidents and the completeness, each with trouble first', async () => {
    const directory = scratchFolder();
    fill(directory);
    const text = await firstLook(directory, 'a');
    expect(tablesIn(text)).toEqual([latest, incidents, completeness]);
    expect(text).not.toContain('are shown');
    expect(text).not.toContain('Another’s');
  });

  it.each([
    ['data', ''],
    ['data-simulated', ''],
    ['elsewhere/it-is', ' --data elsewhere/it-is'],
    ['it\'s $HOME `or` "not" [x]*', ` --data 'it'\\''s $HOME \`or\` "not" [x]*'`],
  ])('ends with a command that can be pasted into a shell: %s', async (directory, option) => {
    const folder = inFolder(scratchFolder());
    fill(directory);
    const command = commandIn(await firstLook(directory, 'a'));
    expect(command.endsWith(`"${option}`)).toBe(true);
    expect(command.slice(0, command.lastIndexOf(`"${option}`)).replace('"', '')).not.toMatch(/["$`\\!]/);
    const { status, stdout } = paste(command, folder);
    expect(stdout).toMatch(/^integration_name +last_success +expected_by +minutes_late\n/);
    expect(status).toBe(0);
  });

  it('names the folder when another one would be read', async () => {
    const folder = inFolder(scratchFolder());
    fill('data-simulated');
    put('data', day('a', yesterday), run('one', `${yesterday} 00:00:00.000`, 'success', 1, 0));
    const command = commandIn(await firstLook(join(folder, 'data-simulated'), 'a'));
    expect(command).toContain(' --data ');
    expect(paste(command, folder).status).toBe(0);
    expect(commandIn(await firstLook('./data-simulated', 'a'))).toContain(' --data ./data-simulated');
  });

  it('shows fifteen integrations and ten incidents, and says of how many', async () => {
    const directory = scratchFolder();
    const ids = Array.from({ length: 16 }, (_, index) => `integration-${String(index).padStart(2, '0')}`);
    const runs = ids.flatMap((id, index) => [
      run(id, `${yesterday} 00:00:00.000`, index < 11 ? 'error' : 'success', 1, 0),
      run(id, `${yesterday} 00:01:00.000`, id.endsWith('15') ? 'error' : 'success', 1, 0),
    ]);
    put(directory, day('a', yesterday), ...runs);
    put(directory, integrations('a'), ...ids.map((id) => ({ integration_id: id })));
    const last = ids.map((id) => ({ id, lastStart: at(yesterday, '00:01') }));
    stand(directory, ...last.slice(0, 15), { ...last[15], ...streak(yesterday, '00:01') });
    const text = await firstLook(directory, 'a');
    expect(text).toContain('\n15 of 16 integrations are shown, trouble first.\n');
    expect(text).toContain('\n10 of 12 incidents are shown, trouble first.\n');
    const [shown, streaks] = text.split('Incidents of');
    expect(shown?.match(/^integration-\d\d/gm)).toEqual([ids[15], ...ids.slice(0, 14)]);
    expect(streaks?.match(/^integration-\d\d/gm)?.slice(0, 10)).toEqual([ids[15], ...ids.slice(0, 9)]);
  });

  it('P15: marks what may have begun before what was read', async () => {
    const directory = scratchFolder();
    put(directory, integrations('a'), { integration_id: 'two', integration_name: 'Two' });
    put(
      directory,
      day('a', yesterday),
      ...['00:00', '00:01', '00:02'].map((time) => run('two', `${yesterday} ${time}:00.000`, 'error', 1, 0)),
    );
    stand(directory, {
      id: 'two',
      lastStatus: 'error',
      lastStart: at(yesterday, '00:02'),
      withoutSuccess: 3n,
      failingSince: at(yesterday, '00:00'),
    });
    const read = async (from: string, gaps: number) => {
      put(directory, 'coverage/workspace=a/coverage.ndjson.gz', {
        ...covered('two', 'backfilling', gaps),
        complete_from: from,
      });
      const text = await firstLook(directory, 'a');
      const [[latestRow] = [], [incident] = []] = tablesIn(text);
      expect(text.includes('≥ and at least: it may have begun earlier')).toBe(incident?.[2] !== '3');
      return [latestRow?.[5], latestRow?.[6], incident?.[1], incident?.[2]];
    };
    const half = ['not read yet', '≥ 3', `at least ${yesterday} 00:00`, '≥ 3'];
    const proved = ['', '3', `${yesterday} 00:00`, '3'];
    expect(await read(`${yesterday} 00:00:00.000`, 1)).toEqual(half);
    expect(await read(`${before} 00:00:00.000`, 1)).toEqual(proved);
    // Nothing older is left at Braze.
    expect(await read(`${yesterday} 00:00:00.000`, 0)).toEqual(proved);
  });

  it.each([60, 80, 120, 200])('fits %i columns, and cuts no verdict', async (width) => {
    const directory = scratchFolder();
    const name = `${'x'.repeat(100)} of ${'y'.repeat(100)}`;
    put(directory, integrations('a'), { integration_id: 'one', integration_name: name });
    put(
      directory,
      day('a', yesterday),
      run('one', `${yesterday} 00:00:00.000`, 'success', 123456789012, 123456),
      ...['a', 'b', 'c'].map((more, index) =>
        run('one', `${yesterday} 00:0${index + 2}:00.000`, more.repeat(100), 123456789012, 123456),
      ),
      run('one', `${yesterday} 00:06:00.000`, 'config_error', 123456789012, 123456),
    );
    stand(directory, {
      lastStatus: 'config_error',
      lastStart: at(yesterday, '00:06'),
      lastSynced: 123456789012n,
      lastFailed: 123456n,
      lastSuccess: at(yesterday, '00:00'),
      ...streak(yesterday, '00:01'),
    });
    const failure = 'word '.repeat(60).trim();
    put(directory, 'coverage/workspace=a/coverage.ndjson.gz', { ...covered('one', 'failing', 5), failure });
    inFolder(directory);
    const text = await firstLook('.', 'a', { ...plainScreen, width });
    for (const line of text.split('\n')) expect(line.length, line).toBeLessThanOrEqual(width);
    expect(text).toMatch(/^x+…y+ /m);
    expect(text.match(/\bword\b/g)).toHaveLength(60);
    expect(text.includes('A wider terminal shows')).toBe(width < 120);
  });

  it('says that there were no incidents', async () => {
    const directory = scratchFolder();
    put(directory, integrations('a'), { integration_id: 'one', integration_name: 'One' });
    put(directory, day('a', yesterday), run('one', `${yesterday} 00:00:00.000`, 'success', 1, 0));
    expect(await firstLook(directory, 'a')).toContain('those still open first, then the longest: None.\n');
  });

  it('is a sentence while there are no syncs', async () => {
    const none = scratchFolder();
    expect(await firstLook(none, 'a')).toMatch(/^There are no syncs of the workspace a in .* yet\.$/);
    put(none, integrations('a'), { integration_id: 'one', integration_name: 'Users' });
    put(none, day('b', yesterday), run('one', `${yesterday} 00:00:00.000`, 'success', 1, 0));
    expect(await firstLook(none, 'a')).toMatch(/^There are no syncs/);
  });
});

it('says once that an object can’t be read, of which a report can’t be made either', async () => {
  const data = scratchFolder();
  fill(data);
  const damaged = join(data, 'lake', day('a', yesterday));
  writeFileSync(damaged, Buffer.concat([readFileSync(damaged), Buffer.from('x')]));
  const options = { data, workspace: 'a' } as Parameters<typeof look>[0];
  const page = async (what: Parameters<typeof writeReport>[0]) => (await writeReport(what)).file;
  expect(await look(options, page, plainScreen)).toMatch(/^An object of the lake is damaged: .+$/);
});

describe('a look at what a run that was broken off has stored', () => {
  it('says that the integrations are not there yet, and blames no option', async () => {
    const data = join(inFolder(scratchFolder()), 'data');
    put(data, day('a', yesterday), run('one', `${yesterday} 10:00:00.000`, 'error', 0, 0));
    const options = { data, workspace: 'a' } as Parameters<typeof look>[0];
    const page = async (what: Parameters<typeof writeReport>[0]) => (await writeReport(what)).file;
    expect(await look(options, page, plainScreen)).toBe(
      `There are syncs of the workspace a in ${data}, but not its integrations yet: the next run writes them.`,
    );
  });
});
