/** The policy of the BI guide against the template: a name that changes in the stack has to change there. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { flat } from '../../lib/flat.ts';
import { project, templateOf } from '../../lib/synthesize.ts';

interface Statement {
  readonly Sid: string;
  readonly Effect: string;
  readonly Action: readonly string[];
  readonly Resource: string | readonly string[];
}

const policy: { Version: string; Statement: readonly Statement[] } = JSON.parse(
  readFileSync(join(project, 'docs/bi/read-policy.json'), 'utf8'),
);
const template = templateOf();
const resources = (type: string) => Object.values(template.findResources(type));
const [database] = resources('AWS::Glue::Database');
const [workgroup] = resources('AWS::Athena::WorkGroup');
const tables = resources('AWS::Glue::Table').map(({ Properties }) => Properties.TableInput);
const [bucket] = Object.keys(template.findResources('AWS::S3::Bucket'));

const glue = (resource: string) => `arn:aws:glue:REGION:ACCOUNT:${resource}`;
const objects = (location: unknown) =>
  `${flat(location).replace(`s3://<${bucket}>/`, 'arn:aws:s3:::BUCKET/')}*`;
const sorted = (texts: readonly string[]) => [...texts].sort();
const statement = (sid: string) => {
  const found = policy.Statement.find(({ Sid }) => Sid === sid);
  if (!found) throw new Error(`There is no statement ${sid}.`);
  return sorted([found.Resource].flat());
};

describe('P13: the read policy of docs/bi.md names exactly what the stack makes', () => {
  const name = database?.Properties.DatabaseInput.Name;

  test('the workgroup', () => {
    expect(statement('AskInTheWorkgroup')).toEqual([
      `arn:aws:athena:REGION:ACCOUNT:workgroup/${workgroup?.Properties.Name}`,
    ]);
  });

  test('the database, and every table and view', () => {
    expect(tables.length).toBeGreaterThan(8);
    expect(statement('ReadTheCatalogue')).toEqual(
      sorted([
        glue('catalog'),
        glue(`database/${name}`),
        ...tables.map(({ Name }) => glue(`table/${name}/${Name}`)),
      ]),
    );
  });

  test('the objects of every table', () => {
    // A view has none.
    const places = tables.flatMap(({ StorageDescriptor: { Location } }) =>
      Location ? objects(Location) : [],
    );
    expect(places).toHaveLength(7);
    expect(statement('ReadTheLake')).toEqual(sorted(places));
  });

  test('the results of the workgroup', () => {
    const { OutputLocation } = workgroup?.Properties.WorkGroupConfiguration.ResultConfiguration ?? {};
    expect(statement('KeepResults')).toEqual([objects(OutputLocation)]);
  });
});

describe('P13: the read policy of docs/bi.md', () => {
  test('allows to read, and to write nothing but results', () => {
    const writing = policy.Statement.flatMap(({ Sid, Action }) =>
      Action.filter((action) => !/^(athena|glue|s3):(Get|List|BatchGet)[A-Z][A-Za-z]+$/.test(action)).map(
        (action) => `${Sid} ${action}`,
      ),
    );
    expect(writing).toEqual([
      'AskInTheWorkgroup athena:StartQueryExecution',
      'AskInTheWorkgroup athena:StopQueryExecution',
      'KeepResults s3:PutObject',
      'KeepResults s3:AbortMultipartUpload',
    ]);
    expect(new Set(policy.Statement.map(({ Effect }) => Effect))).toEqual(new Set(['Allow']));
    expect(policy.Version).toBe('2012-10-17');
  });

  test('holds no wildcard but the objects of a prefix, and two lists for which AWS knows no resource', () => {
    const wild = policy.Statement.filter(({ Resource }) =>
      [Resource].flat().some((resource) => /[*?]/.test(resource.replace(/^(arn:[^*?]+\/)\*$/, '$1'))),
    );
    expect(wild.map(({ Action, Resource }) => ({ Action, Resource }))).toEqual([
      { Action: ['athena:ListDataCatalogs', 'athena:ListWorkGroups'], Resource: '*' },
    ]);
  });
});

test('the line of the guide that fills it in leaves nothing to fill in', () => {
  const guide = readFileSync(join(project, 'docs/bi.md'), 'utf8');
  const [line = ''] = /^sed .* > policy\.json$/m.exec(guide) ?? [];
  const filled = execFileSync('sh', ['-c', line.replace(/ > policy\.json$/, '')], {
    cwd: project,
    env: { PATH: process.env.PATH },
    encoding: 'utf8',
  });
  expect(filled).toContain('arn:aws:glue:eu-central-1:123456789012:database/default');
  expect(filled.match(/REGION|ACCOUNT|BUCKET/g)).toBeNull();
  expect(JSON.parse(filled)).toHaveProperty('Statement');
});
