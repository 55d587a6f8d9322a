/** What can be written behind `npm run audit --`, and what is wrong use. */
import { CommanderError } from 'commander';
import { expect, onTestFinished, test, vi } from 'vitest';
import { readCommandLine } from '../../audit/command-line.ts';
import { run } from './run-audit.ts';

type WrongUseCase = [commandLine: string[], environment: Record<string, string>, says: RegExp];

test.each<WrongUseCase>([
  [[], {}, /--data DIR or --bucket NAME/],
  [['--data', 'a', '--bucket', 'some-bucket'], {}, /--data and --bucket are both given/],
  [['--dta', 'a'], {}, /unknown option '--dta'/],
  [['--data', 'a', 'b'], {}, /too many arguments/],
  [['--data', 'a', '--checkpoint-table', 'b'], {}, /goes with --bucket/],
  [['--data', 'a', '--against-braze'], {}, /needs --endpoint/],
  [['--data', 'a', '--endpoint', 'https://rest.fra-01.braze.eu'], {}, /goes with --against-braze/],
  [['--data', 'a', '--against-braze', '--endpoint', 'http://rest.fra-01.braze.eu'], {}, /https/],
  [['--data', 'a', '--against-braze', '--endpoint', 'https://a.example'], {}, /needs the key/],
  [
    ['--data', 'a', '--against-braze', '--endpoint', 'https://a.example'],
    { BRAZE_API_KEY: '"key"' },
    /quotes/,
  ],
  [['--data', 'a', '--requests-per-minute', '0'], {}, /whole number/],
  [['--data', 'a', '--requests-per-minute', '50'], {}, /--requests-per-minute goes with --against-braze/],
  [['--data', 'a'], { npm_config_bucket: 'b' }, /npm has kept --bucket/],
  [['--data', ''], {}, /--data <DIR>.+must not be empty/],
  [['--bucket', 's3://some-bucket'], {}, /the name of a bucket alone/],
  [['--bucket', ''], {}, /--bucket <NAME>.+must not be empty/],
  [['--data', 'a', '--workspace', ' '], {}, /--workspace <NAME>.+must not be empty/],
  [
    ['--data', 'a', '--against-braze', '--endpoint', 'https://a.example'],
    { BRAZE_API_KEY: 'key', HTTPS_PROXY: 'socks5://user:secret@proxy' },
    /^Error: HTTPS_PROXY is no address of a proxy: it looks like [^@]+$/,
  ],
  ...['"http://proxy.example"', "'proxy.example'", 'http://user:secret@proxy.example/path'].map(
    (proxy): WrongUseCase => [
      ['--data', 'a', '--against-braze', '--endpoint', 'https://a.example'],
      { BRAZE_API_KEY: 'key', HTTPS_PROXY: proxy },
      /^Error: HTTPS_PROXY is no address of a proxy: it looks like [^@]+$/,
    ],
  ),
])('wrong use ends with 2: %j %j', async (commandLine, environment, says) => {
  const { code, stdout, stderr } = await run(commandLine, environment);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toMatch(says);
});

test.each([
  ['--api-key=sentinel'],
  ['-ksentinel'],
  ['--against-braze', 'sentinel'],
  ['--against-braze', '--endpoint', 'sentinel'],
  ['--against-braze', '--endpoint', 'https://me:sentinel@rest.fra-01.braze.eu'],
  ['--against-braze', '--endpoint', 'https://rest.fra-01.braze.eu?key=sentinel'],
  ['--refused-share', 'sentinel'],
])('P12: a key that was put in a wrong place is not repeated: %j %j %j', async (...commandLine) => {
  const { code, stdout, stderr } = await run(['--data', 'a', ...commandLine]);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toMatch(/^error: .+\nSee npm run audit -- --help\.\n$/);
  expect(stderr).not.toContain('sentinel');
});

test('help and version are answers', async () => {
  const { code, stdout } = await run(['--help']);
  expect(code).toBe(0);
  for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  expect((await run(['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
});

test('what is not said has a default', () => {
  expect(readCommandLine(['--data', 'a'], {}, '1.0.0')).toMatchObject({
    requestsPerMinute: 100,
    refusedShare: 0.01,
  });
});

test.each(['0', '1', '0.5', '0.05', '1.0'])('--refused-share %s is a share', (share) => {
  const { refusedShare } = readCommandLine(['--data', 'a', '--refused-share', share], {}, '1.0.0');
  expect(refusedShare).toBe(Number(share));
});

test.each([
  ...[
    '0x1',
    '1e-2',
    ' 0.5',
    '0.5 ',
    '0b1',
    '+0.5',
    '-0',
    '.5',
    '0.',
    '1.5',
    '2',
    '01',
    '',
    ' ',
    'Infinity',
  ].map((value) => ['--refused-share', value]),
  ...['0x64', '1e2', ' 5', '5.0', '+5', '1000000000'].map((value) => ['--requests-per-minute', value]),
])('%s %j is not written as a number is', (option, value) => {
  const told = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  onTestFinished(() => told.mockRestore());
  expect(() => readCommandLine(['--data', 'a', option, value], {}, '1.0.0')).toThrow(CommanderError);
});
