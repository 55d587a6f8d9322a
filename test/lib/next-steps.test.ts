import { spawnSync } from 'node:child_process';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { ReportConfiguration } from '../../lib/configuration/configuration.ts';
import { scratchFolder } from '../local/stores/scratch.ts';
import { flat } from './flat.ts';
import { templateOf, workspace } from './synthesize.ts';

const outputsOf = (...workspaces: Parameters<typeof workspace>[]) => outputs({ workspaces });

const outputs = ({
  workspaces,
  ...more
}: {
  readonly workspaces: readonly Parameters<typeof workspace>[];
  readonly report?: ReportConfiguration;
}) =>
  Object.fromEntries(
    Object.entries(
      templateOf({
        workspaces: workspaces.map((one) => workspace(...one)),
        database: 'my_lake',
        ...more,
      }).toJSON().Outputs as Record<string, { Value: unknown }>,
    ).map(([name, { Value }]) => [name, flat(Value)]),
  );
const one = outputsOf(['default']);
const many = outputsOf(['default'], ['a-b'], ['own', { apiKeySecretName: 'braze/own' }]);
const withReport = outputs({ workspaces: [['default']], report: { schedule: 'rate(1 day)' } });

test('where reports are written, it is said where, and how one is written now', () => {
  expect(Object.keys(withReport).filter((name) => !(name in one))).toEqual(['Reports', 'ReportNow']);
  expect(withReport.Reports).toBe('s3://<LakeBucket>/reports/workspace=WORKSPACE/report.html');
});

test('the outputs are what a person needs next, and as many for many workspaces', () => {
  expect(Object.keys(one)).toEqual([
    'Bucket',
    'Table',
    'Database',
    'Workgroup',
    'SyncAlerts',
    'Function',
    'SetKey',
    'RunNow',
    'FollowLog',
  ]);
  expect(Object.keys(many)).toEqual(Object.keys(one));
  expect(many).toMatchObject({
    Bucket: '<LakeBucket>',
    Table: '<CheckpointTable>',
    Database: 'my_lake',
    Workgroup: 'my_lake',
    SyncAlerts: '<SyncAlertsTopic>',
    Function: expect.stringMatching(/^<ExporterFunction/),
  });
});

test('where every workspace brings its own secret, no command sets one', () => {
  expect(outputsOf(['own', { apiKeySecretName: 'braze/own' }])).not.toHaveProperty('SetKey');
});

const shells = ['bash', 'zsh'].filter((shell) => spawnSync(shell, ['-c', 'exit 0']).status === 0);

/** Runs a command as a person would paste it, with an `aws` that notes down how it was called. */
function paste(shell: string, command: string, typed = '') {
  const folder = scratchFolder();
  const aws = join(folder, 'aws');
  writeFileSync(
    aws,
    `#!/bin/sh
printf '%s\\n' "$@" > '${folder}/'"$2"
env > '${folder}/environment'
case "$2" in
  describe-stack-resources) echo arn:the-secret ;;
  get-schedule) echo '{"workspaces":[]}' ;;
  filter-log-events) printf '{"n":1}\\n{"n":1}\\n\\n{"n":2}\\n'; kill $PPID ;;
  *) cat > '${folder}/input' ;;
esac
`,
  );
  chmodSync(aws, 0o755);
  const filled = command
    .replaceAll('<AWS::Region>', 'eu-west-1')
    .replaceAll('<AWS::StackName>', 'MyStack')
    .replace(/<(\w+)>/g, '$1');
  const { stdout, stderr } = spawnSync(shell, ['-c', filled], {
    input: typed,
    env: { PATH: `${folder}:${process.env.PATH}` },
    encoding: 'utf8',
  });
  const written = (name: string) => readFileSync(join(folder, name), 'utf8');
  return {
    filled,
    printed: stdout,
    complained: stderr,
    argumentsOf: (call: string) => written(call).trimEnd().split('\n'),
    environment: written('environment'),
    input: () => written('input'),
  };
}

describe.each(shells)('pasted into %s', (shell) => {
  test.each([
    ['of the only workspace', one, '', 'ApiKeyOfDefault', 'default'],
    ['of the one that is named', many, 'a-b\n', 'ApiKeyOfADashb', 'a-b'],
  ])(
    'P12: the command that sets the key %s hands it over on standard input alone',
    (_, outputs, named, id, name) => {
      const key = 'sentinel-key with \\ and $HOME';
      const pasted = paste(shell, outputs.SetKey ?? '', `${named}${key}\n`);
      expect(pasted.argumentsOf('describe-stack-resources')).toEqual(
        `cloudformation describe-stack-resources --region eu-west-1 --stack-name MyStack --logical-resource-id ${id} --query StackResources[0].PhysicalResourceId --output text`.split(
          ' ',
        ),
      );
      expect(pasted.argumentsOf('put-secret-value')).toEqual(
        'secretsmanager put-secret-value --region eu-west-1 --secret-id arn:the-secret --secret-string file:///dev/stdin'.split(
          ' ',
        ),
      );
      expect(pasted.input()).toBe(key);
      expect(pasted.printed).toMatch(new RegExp(`Braze REST API key of ${name}: $`));
      expect([pasted.filled, pasted.printed, pasted.complained, pasted.environment].join()).not.toContain(
        'sentinel',
      );
    },
  );

  test.each([
    ['the only workspace', one, '', 'default'],
    ['the one that is named', many, 'own\n', 'own'],
  ])('the command that runs %s now sends its event, and does not wait', (_, outputs, named, name) => {
    const pasted = paste(shell, outputs.RunNow ?? '', named);
    expect(pasted.argumentsOf('invoke')).toEqual([
      'lambda',
      'invoke',
      '--region',
      'eu-west-1',
      '--function-name',
      expect.stringMatching(/^ExporterFunction/),
      '--invocation-type',
      'Event',
      '--payload',
      'fileb:///dev/stdin',
      '/dev/null',
    ]);
    expect(JSON.parse(pasted.input())).toEqual({ workspace: name });
  });

  test('the command that writes the reports now sends the event of their schedule', () => {
    const pasted = paste(shell, withReport.ReportNow ?? '');
    expect(pasted.argumentsOf('get-schedule')).toEqual([
      ...'scheduler get-schedule --region eu-west-1 --name'.split(' '),
      expect.stringMatching(/^ReportSchedule/),
      ...'--query Target.Input --output text'.split(' '),
    ]);
    expect(pasted.argumentsOf('invoke')).toEqual([
      ...'lambda invoke --region eu-west-1 --function-name'.split(' '),
      expect.stringMatching(/^ReportFunction/),
      ...'--invocation-type Event --payload fileb:///dev/stdin /dev/null'.split(' '),
    ]);
    expect(JSON.parse(pasted.input())).toEqual({ workspaces: [] });
  });

  test('the command that follows the log prints each line once', () => {
    const before = Date.now();
    const pasted = paste(shell, one.FollowLog ?? '');
    const given = pasted.argumentsOf('filter-log-events');
    expect(given).toEqual([
      ...'logs filter-log-events --region eu-west-1 --log-group-name'.split(' '),
      expect.stringMatching(/^ExporterLog/),
      '--start-time',
      expect.stringMatching(/^\d{13}$/),
      '--filter-pattern',
      '{ $.level = * }',
      ...'--query events[].[message] --output text'.split(' '),
    ]);
    const from = Number(given[given.indexOf('--start-time') + 1]);
    expect(Math.abs(before - 300_000 - from)).toBeLessThan(60_000);
    expect(pasted.printed).toBe('{"n":1}\n{"n":2}\n');
  });
});
