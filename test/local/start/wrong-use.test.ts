/** Every way of wrong use that somebody is likely to try, and what is told; the exit code is `end-to-end`'s. */
import { expect, test } from 'vitest';
import { faultsOf } from './faults.ts';

type Case = readonly [name: string, options: readonly string[], told: string];

const here = 'http://127.0.0.1:8080';

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
  [
    'a bucket without a table',
    ['--endpoint', here, '--data', 's3://lake'],
    '--data s3://BUCKET needs --checkpoint-table NAME',
  ],
  [
    'a table without a bucket',
    ['--endpoint', here, '--checkpoint-table', 'table'],
    '--checkpoint-table is for a lake in a bucket',
  ],
  [
    'a folder in a bucket',
    ['--endpoint', here, '--data', 's3://lake/x', '--checkpoint-table', 'table'],
    '--data must name a bucket',
  ],
  [
    'no bucket',
    ['--endpoint', here, '--data', 's3://', '--checkpoint-table', 'table'],
    '--data must name a bucket',
  ],
  [
    'a table of no name',
    ['--endpoint', here, '--data', 's3://lake', '--checkpoint-table', 'a/b'],
    '--checkpoint-table must',
  ],
  [
    'the simulator into a bucket',
    ['--data', 's3://lake', '--checkpoint-table', 'table'],
    'what is simulated goes into no bucket',
  ],
  ['no requests', ['--endpoint', here, '--requests-per-minute', '0'], '--requests-per-minute must'],
  ['half a request', ['--endpoint', here, '--requests-per-minute', '1.5'], '--requests-per-minute must'],
  ['a deadline in the past', ['--endpoint', here, '--deadline', '-3'], '--deadline must'],
  ['a deadline of none', ['--endpoint', here, '--deadline', '0'], '--deadline must'],
  ['a deadline with a unit', ['--endpoint', here, '--deadline', '10s'], '--deadline must'],
];

test.each(cases)('%s is told in one sentence', (_, options, told) => {
  expect(faultsOf(options)).toEqual([expect.stringMatching(/^Error: .+\.$/)]);
  expect(faultsOf(options)[0]).toContain(told);
});
