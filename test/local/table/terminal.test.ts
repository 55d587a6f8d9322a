/** What a terminal gets of the commands, at widths that people have. */
import { join } from 'node:path';
import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import { day, put, sync } from '../query/write-lake.ts';
import { scratchFolder } from '../stores/scratch.ts';
import { hasTerminals, onTerminal } from './on-terminal.ts';

function folderWithSyncs(): string {
  const folder = scratchFolder();
  put(
    join(folder, 'data'),
    day('a', '2024-05-01'),
    ...['success', 'config_error'].map((status, index) =>
      sync({
        integration_id: `${index} of a name that is long 湖湖湖湖湖湖湖湖湖湖`,
        sync_start_time: `2024-05-01 0${index}:00:00.000`,
        job_status: status,
        rows_synced: 5,
        raw: 'x'.repeat(300),
      }),
    ),
  );
  return folder;
}

const red = '\u001b[31mconfig_error\u001b[39m';

describe.skipIf(!hasTerminals)('npm run query on a terminal', () => {
  test.each([60, 80, 120, 200])('of %i columns fits, and says what did not', (columns) => {
    const { status, bytes, lines } = onTerminal('query.ts', ['FROM syncs ORDER BY 1'], {
      folder: folderWithSyncs(),
      columns,
    });
    expect(status).toBe(0);
    for (const line of lines) expect(stringWidth(line), line).toBeLessThanOrEqual(columns);
    expect(lines[1]).toMatch(/^integration_id +sync_start_time/);
    expect(lines[5]).toBe('2 rows');
    expect(bytes.includes('columns fit this terminal')).toBe(columns < 200);
    // How it stands is the last to go.
    expect(bytes).toContain(red);
    expect(bytes).toContain('What ends in … is shortened.');
  });

  test.each([
    [{ NO_COLOR: '1' }, false],
    [{ FORCE_COLOR: '0' }, false],
    [{}, true],
  ])('with %j has colours: %j', (environment, has) => {
    const sql = 'SELECT job_status FROM syncs';
    const { bytes } = onTerminal('query.ts', [sql], { folder: folderWithSyncs(), columns: 80, environment });
    expect(bytes.includes(red)).toBe(has);
    expect(bytes).toContain('config_error');
  });
});

describe.skipIf(!hasTerminals)('npm start on a terminal', () => {
  test('of 60, 80, 120 and 200 columns shows a first look that fits, and says first that it is a simulation', () => {
    const folder = scratchFolder();
    for (const columns of [60, 80, 120, 200]) {
      const { status, lines } = onTerminal('start.ts', ['--simulated'], { folder, columns });
      expect(status).toBe(0);
      expect(lines[0]).toMatch(/^Simulated Braze: /);
      // What the bar has left in its line is wiped by what follows it.
      const receiptAt = lines.findIndex((line) => line.includes('Complete: '));
      expect(receiptAt).toBeGreaterThan(0);
      const shown = lines.slice(receiptAt + 1);
      for (const line of shown) expect(stringWidth(line), line).toBeLessThanOrEqual(columns);
      const text = shown.join('\n');
      expect(text.includes('A wider terminal shows')).toBe(columns < 120);
      // Each verdict ends with its full stop, however often it is wrapped.
      expect(text.match(/[^.]\n\nAsk on in SQL/)).toBeNull();
      expect(text).toMatch(/^npm run query -- "SELECT/m);
    }
  }, 120_000);

  test('that is dumb gets nothing that moves its cursor, and nothing of npm run audit', () => {
    const folder = scratchFolder();
    for (const [program, ...parameters] of [
      ['start.ts', '--simulated'],
      ['audit.ts', '--data', 'data-simulated'],
    ]) {
      const { status, bytes } = onTerminal(program ?? '', parameters, {
        folder,
        columns: 80,
        environment: { TERM: 'dumb' },
      });
      expect(status).toBe(0);
      expect(bytes).toMatch(/^(Complete: |All is well: )/m);
      expect(bytes).not.toContain('\u001b');
    }
  }, 60_000);

  test.each([
    ['once', 0, ''],
    ['twice', 130, `--import=${join(import.meta.dirname, 'interrupted-twice.ts')}`],
  ])('after Ctrl-C %s is left as it was', (_, code, preloaded) => {
    const { status, bytes } = onTerminal(
      'start.ts',
      // So slow that it would take minutes.
      ['--simulated', '--requests-per-minute', '1', '--list-requests-per-minute', '1'],
      {
        folder: scratchFolder(),
        columns: 80,
        environment: { NODE_OPTIONS: preloaded },
        typed: '\u0003',
        prompts: [' integrations · '],
      },
    );
    expect(status).toBe(code);
    expect(bytes).toContain('Once more to stop at once.');
    // The cursor, and that lines wrap.
    expect(bytes.match(/\[\?25[hl]/g)).toEqual(['[?25l', '[?25h']);
    expect(bytes.match(/\[\?7[hl]/g)).toEqual(['[?7l', '[?7h']);
  });
});
