import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { Answered } from '../../../local/command/answered.ts';
import { version } from '../../../local/version.ts';
import { apiKey, endpoint, environment, faultsOf } from './faults.ts';
import { readOptions } from './read-options.ts';

describe('readOptions', () => {
  test('without an option, the simulator', () => {
    expect(readOptions([], {})).toEqual({
      endpoint: undefined,
      simulated: false,
      workspace: 'simulated',
      integrations: undefined,
      data: './data-simulated',
      limits: { status: 100, list: 50 },
      deadline: undefined,
      json: false,
      testAlert: false,
      webhook: undefined,
      apiKey: '',
      warnings: [],
    });
  });

  test('with an endpoint alone, a real workspace', () => {
    expect(readOptions(endpoint, environment)).toEqual({
      endpoint: new URL('https://rest.fra-01.braze.eu'),
      simulated: false,
      workspace: 'default',
      integrations: undefined,
      data: './data',
      limits: { status: 100, list: 50 },
      deadline: undefined,
      json: false,
      testAlert: false,
      webhook: undefined,
      apiKey,
      warnings: [],
    });
  });

  test('every option', () => {
    const text =
      '--workspace w-1 --integration b --integration a --integration b --data /d --requests-per-minute 250 ' +
      '--list-requests-per-minute 5 --deadline 12.5 --json';
    expect(readOptions([...endpoint, ...text.split(' ')], environment)).toEqual({
      endpoint: new URL('https://rest.fra-01.braze.eu'),
      simulated: false,
      workspace: 'w-1',
      integrations: ['b', 'a'],
      data: '/d',
      limits: { status: 250, list: 5 },
      deadline: 12.5,
      json: true,
      testAlert: false,
      webhook: undefined,
      apiKey,
      warnings: [],
    });
    const simulated = {
      workspace: 'w-1',
      data: '/d',
      limits: { status: 250, list: 5 },
      deadline: 12.5,
      json: true,
    };
    expect(readOptions(text.split(' '), {})).toMatchObject(simulated);
    expect(readOptions(['--workspace=x', '--deadline=3'], {})).toMatchObject({ workspace: 'x', deadline: 3 });
  });

  test.each([
    ['--workspace', ['a', '0', 'a-', 'a'.repeat(63)]],
    ['--requests-per-minute', ['1', '100', '100000']],
    ['--deadline', ['1', '0.5', '840']],
  ])('%s may be %j', (option, values) => {
    for (const value of values) expect(faultsOf([option, value])).toEqual([]);
  });

  test.each([
    ['--workspace', ['', '-a', 'A', 'a_b', 'a/b', '..', 'a\n', 'ä', 'a'.repeat(64)]],
    ['--requests-per-minute', ['', '0', '-1', '1.5', '1e3', 'many', ' 1', '0x10', 'Infinity']],
    ['--list-requests-per-minute', ['0', 'x']],
    ['--deadline', ['', '0', '0.0', '-1', 'soon', '1e3', 'Infinity', 'NaN']],
    ['--integration', ['', ' ', ' a', 'a ', '\ta', 'a\n', '\u00a0a']],
    ['--data', ['']],
    [
      '--endpoint',
      ['', 'rest.fra-01.braze.eu', 'ftp://rest.fra-01.braze.eu', 'https://', 'http://rest.fra-01.braze.eu'],
    ],
    [
      '--endpoint',
      ['http://127.0.0.1.evil.example', 'http://localhost.evil.example', 'http://0.0.0.0', '--json'],
    ],
    [
      '--endpoint',
      ['https://user@rest.x.braze.com', 'https://:p@rest.x.braze.com', 'https://x/?a=b', 'https://x/#a'],
    ],
  ])('%s may not be any of %j, and the fault names it', (option, values) => {
    for (const value of values) {
      const faults = faultsOf([`${option}=${value}`]);
      expect([value, faults.length]).toEqual([value, 1]);
      expect(faults[0]).toMatch(new RegExp(`^Error: ${option} must .*\\.$`));
    }
  });

  test('all faults are told at once', () => {
    const wrong =
      '--endpoint x --workspace A --requests-per-minute 0 --list-requests-per-minute y --deadline 0 stray --bogus';
    const faults = faultsOf([...wrong.split(' '), '--data', '', '--integration', ''], { BRAZE_API_KEY: '' });
    for (const name of ['--endpoint', '--workspace', '--requests-per-minute', '--list-requests-per-minute']) {
      expect(faults.filter((fault) => fault.startsWith(`Error: ${name} `))).toHaveLength(1);
    }
    for (const name of [
      '--deadline',
      '--bogus',
      'belongs to no option',
      '--data',
      '--integration',
      'BRAZE_API_KEY',
    ]) {
      expect(faults.filter((fault) => fault.includes(name))).toHaveLength(1);
    }
    expect(faults).toHaveLength(10);
  });

  test.each([
    [['--requests-per-minut', '5'], '--requests-per-minut'],
    [['-x'], '-x'],
    // Not by its name: it may be the key.
    [['stray'], 'an argument that belongs to no option'],
    [['--endpoint'], '--endpoint'],
  ])('wrong use %j is told', (options, name) => {
    expect(faultsOf(options).join()).toContain(name);
  });

  test.each([
    ['--help', 'BRAZE_API_KEY'],
    ['--version', version],
  ])('%s is answered on standard output', (option, words) => {
    const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    onTestFinished(() => write.mockRestore());
    expect(() => readOptions([option], {})).toThrow(Answered);
    expect(write.mock.calls.join()).toContain(words);
  });
});
