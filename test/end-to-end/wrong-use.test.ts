import { existsSync } from 'node:fs';
import { describe, expect } from 'vitest';
import { version } from '../../local/version.ts';
import { type How, type Lab, test } from './export.ts';
import { syncs, worldOf } from './workspace.ts';

/** Runs the command with a server at hand that must not be asked. */
async function refused(lab: Lab, options: (endpoint: string) => readonly string[], how: How = {}) {
  const server = await lab.serve({ world: worldOf({ a: syncs(3) }) });
  const { code, stdout, stderr } = await lab.start(['--data', lab.data, ...options(server.endpoint)], how)
    .ended;
  expect({ code, stdout, requests: server.requests.length }).toEqual({ code: 2, stdout: '', requests: 0 });
  expect(existsSync(lab.data), 'nothing is written').toBe(false);
  const sentences = stderr.trimEnd().split('\n');
  expect(sentences.pop()).toBe('See npm start -- --help.');
  for (const sentence of sentences) expect(sentence).toMatch(/^Error: .+\.$/);
  return sentences;
}

type Case = readonly [name: string, options: readonly string[], ...told: string[]];

/** The server's own URL, whatever port it has. */
const here = 'http://here';

const cases: Case[] = [
  ['an unknown option', ['--frobnicate'], 'unknown option --frobnicate'],
  ['a mistyped option', ['--endpiont', here], 'unknown option --endpiont'],
  ['an argument', ['now'], 'there is an argument that belongs to no option'],
  ['an option without its value', ['--endpoint', here, '--deadline'], '--deadline'],
  ['an endpoint that is no URL', ['--endpoint', 'rest.fra-01.braze.eu'], '--endpoint must'],
  [
    'http to a foreign host',
    ['--endpoint', 'http://rest.fra-01.braze.eu'],
    '--endpoint must begin with https://',
  ],
  [
    'http to a host that looks like loopback',
    ['--endpoint', 'http://127.0.0.1.example'],
    '--endpoint must begin',
  ],
  [
    'a user in the endpoint',
    ['--endpoint', 'https://me:pw@rest.fra-01.braze.eu'],
    '--endpoint must not hold a user',
  ],
  [
    'a query in the endpoint',
    ['--endpoint', 'https://rest.fra-01.braze.eu/?cursor=x'],
    '--endpoint must not hold a q',
  ],
  ['a slash in the workspace', ['--endpoint', here, '--workspace', '../x'], '--workspace must'],
  ['a workspace of 64 letters', ['--endpoint', here, '--workspace', 'a'.repeat(64)], '--workspace must'],
  ['an empty integration', ['--endpoint', here, '--integration', ''], '--integration must'],
  ['no requests', ['--endpoint', here, '--requests-per-minute', '0'], '--requests-per-minute must'],
  ['half a request', ['--endpoint', here, '--requests-per-minute', '1.5'], '--requests-per-minute must'],
  ['a deadline in the past', ['--endpoint', here, '--deadline', '-3'], '--deadline must'],
  ['a deadline of none', ['--endpoint', here, '--deadline', '0'], '--deadline must'],
  ['a deadline with a unit', ['--endpoint', here, '--deadline', '10s'], '--deadline must'],
  [
    'several faults, each of which is told',
    'stray --endpoint nowhere --workspace A --deadline soon --requests-per-minute x --bogus=1'.split(' '),
    'unknown option --bogus',
    'there is an argument that belongs to no option',
    '--endpoint must',
    '--workspace must',
    '--deadline must',
    '--requests-per-minute must',
  ],
];

describe.concurrent('wrong use', () => {
  test.for(cases)('%s', async ([, options, ...told], { lab }) => {
    const sentences = await refused(lab, (endpoint) =>
      options.map((each) => (each === here ? endpoint : each)),
    );
    expect(sentences).toHaveLength(told.length);
    for (const part of told) expect(sentences.join('\n')).toContain(part);
  });

  const keys: [string, string | undefined, RegExp][] = [
    ['missing', undefined, /BRAZE_API_KEY is not set/],
    ['empty', '', /BRAZE_API_KEY is empty/],
    ['in quotes', '"sentinel-5d1f0c9e-key"', /BRAZE_API_KEY .*quotes/],
    ['with a line break in it', 'sentinel-5d1f0c9e-key\nx', /BRAZE_API_KEY/],
    ['with a letter that no header takes', 'sentinel-5d1f0c9e-key€', /BRAZE_API_KEY/],
  ];
  test.for(keys)('P12: the key %s', async ([, key, told], { lab }) => {
    const sentences = await refused(lab, (endpoint) => ['--endpoint', endpoint], { key });
    expect(sentences).toEqual([expect.stringMatching(told)]);
  });

  const misplaced = [['--api-key=sentinel-5d1f0c9e-key'], ['--api-key', 'sentinel-5d1f0c9e-key']];
  test.for(misplaced)(
    'P12: a key given as an option is refused and not repeated: %s %s',
    async (options, { lab }) => {
      const sentences = await refused(lab, (endpoint) => ['--endpoint', endpoint, ...options]);
      expect(sentences[0]).toContain('unknown option --api-key');
    },
  );

  test('help and version are answered, with or without a key', async ({ lab }) => {
    const [help, told] = await Promise.all([
      lab.start(['--help'], { key: undefined }).ended,
      lab.start(['--version'], { key: undefined }).ended,
    ]);
    expect([help?.code, told?.code, told?.stdout]).toEqual([0, 0, `${version}\n`]);
    for (const option of [
      'endpoint',
      'workspace',
      'integration',
      'data',
      'requests-per-minute',
      'deadline',
      'json',
    ]) {
      expect(help?.stdout).toContain(`--${option}`);
    }
    expect(help?.stdout).toContain('BRAZE_API_KEY');
  });

  test('a key with a line break after it, as a file gives it, is used without', async ({ lab }) => {
    const server = await lab.serve({ world: worldOf({ a: syncs(3) }) });
    expect((await lab.export(server, [], { key: 'sentinel-5d1f0c9e-key\n' })).receipt?.outcome).toBe(
      'complete',
    );
  });
});
