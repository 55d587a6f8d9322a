import { execFileSync } from 'node:child_process';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { scratchFolder } from '../local/stores/scratch.ts';
import { flat } from './flat.ts';
import { templateOf, workspace } from './synthesize.ts';

const template = templateOf({
  workspaces: [workspace('default'), workspace('a-b', { apiKeySecretName: 'braze/a-b' })],
  database: 'my_lake',
});
const outputs = Object.fromEntries(
  Object.entries(template.toJSON().Outputs as Record<string, { Value: unknown }>).map(([name, { Value }]) => [
    name,
    flat(Value),
  ]),
);

test('the outputs are what a person needs next', () => {
  expect(Object.keys(outputs)).toEqual([
    'Bucket',
    'Table',
    'Database',
    'Workgroup',
    'SyncAlerts',
    'SecretOfDefault',
    'SetKeyOfDefault',
    'RunNowOfDefault',
    // Its secret is the user's own, which no command of ours should overwrite.
    'SecretOfADashb',
    'RunNowOfADashb',
  ]);
  expect(outputs).toMatchObject({
    Bucket: '<LakeBucket>',
    Table: '<CheckpointTable>',
    Database: 'my_lake',
    Workgroup: 'my_lake',
    SyncAlerts: '<SyncAlertsTopic>',
    SecretOfDefault: '<ApiKeyOfDefault>',
    SecretOfADashb: 'braze/a-b',
  });
});

/** Runs a command as a person would paste it, with an `aws` that notes down how it was called. */
function paste(command: string, typed = '') {
  const folder = scratchFolder();
  const aws = join(folder, 'aws');
  writeFileSync(
    aws,
    `#!/bin/sh\nprintf '%s\\n' "$@" > '${folder}/arguments'\nenv > '${folder}/environment'\ncat > '${folder}/input'\n`,
  );
  chmodSync(aws, 0o755);
  const filled = command.replaceAll('<AWS::Region>', 'eu-west-1').replace(/<(\w+)>/g, '$1');
  const printed = execFileSync('bash', ['--norc', '-c', filled], {
    input: typed,
    env: { PATH: `${folder}:${process.env.PATH}` },
    encoding: 'utf8',
  });
  const written = (name: string) => readFileSync(join(folder, name), 'utf8');
  return {
    filled,
    printed,
    arguments: written('arguments').trimEnd().split('\n'),
    environment: written('environment'),
    input: written('input'),
  };
}

test('P12: the command that sets the key hands it over on standard input alone', () => {
  const key = 'sentinel-key with \\ and $HOME';
  const {
    filled,
    printed,
    arguments: given,
    environment,
    input,
  } = paste(outputs.SetKeyOfDefault ?? '', `${key}\n`);
  expect(given).toEqual([
    'secretsmanager',
    'put-secret-value',
    '--region',
    'eu-west-1',
    '--secret-id',
    'ApiKeyOfDefault',
    '--secret-string',
    'file:///dev/stdin',
  ]);
  expect(input).toBe(key);
  expect([filled, printed, environment].join()).not.toContain('sentinel');
});

test('the command that runs a workspace now sends its event and waits for the receipt', () => {
  const { arguments: given } = paste(outputs.RunNowOfADashb ?? '');
  expect(given).toEqual([
    'lambda',
    'invoke',
    '--region',
    'eu-west-1',
    '--function-name',
    expect.stringMatching(/^ExporterFunction/),
    '--payload',
    '{"workspace":"a-b"}',
    '--cli-binary-format',
    'raw-in-base64-out',
    '--cli-read-timeout',
    '900',
    '/dev/stdout',
  ]);
});
