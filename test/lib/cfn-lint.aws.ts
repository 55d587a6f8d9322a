/** AWS's own linter over the template of every combination of options, in the region where it goes. */
import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, test } from 'vitest';
import { cfnLintPackages, fetchPythonPackages } from '../../local/aws/fetch-python-packages.ts';
import { packaged } from '../local/package/packaged.ts';
import { scratchFolder } from '../local/stores/scratch.ts';
import { combinations, places } from './combinations.ts';
import { templateOf, workspace } from './synthesize.ts';

/** The CDK writes a dependency that also follows from a reference. What is only information is not asked for. */
const ofTheCdk = 'W3005';

let python: string;
beforeAll(async () => {
  python = await fetchPythonPackages(cfnLintPackages, { say: console.error });
}, 300_000);

/** @param templates by name. @returns a line each finding, behind the name. */
async function lint(region: string, templates: Readonly<Record<string, unknown>>): Promise<string[]> {
  const folder = scratchFolder();
  const files = Object.entries(templates).map(([name, template], at) => {
    const file = join(folder, `${at}.json`);
    writeFileSync(file, JSON.stringify(template));
    return { name, file };
  });
  const { stdout } = await promisify(execFile)(
    python,
    [
      ...['-c', 'from cfnlint.runner.cli import main; main()', '--format', 'parseable'],
      ...['--regions', region, '--ignore-checks', ofTheCdk, '--template', ...files.map(({ file }) => file)],
    ],
    { env: { PATH: process.env.PATH, HOME: process.env.HOME }, maxBuffer: 2 ** 24 },
  ).catch((failure: { readonly stdout: string; readonly stderr: string }) => {
    if (failure.stdout === '') throw new Error(failure.stderr);
    return failure;
  });
  const lines = stdout.split('\n').filter((line) => line !== '');
  return files.flatMap(({ name, file }) =>
    lines.filter((line) => line.startsWith(file)).map((line) => `${name}${line.slice(file.length)}`),
  );
}

describe('cfn-lint has nothing to say about', () => {
  test.each(places)(
    'any combination of options in $region',
    async ({ region }) => {
      const there = combinations().filter(({ place }) => place.region === region);
      expect(there.length).toBeGreaterThan(3);
      expect(
        await lint(
          region,
          Object.fromEntries(there.map(({ name, props }) => [name, templateOf(props).toJSON()])),
        ),
      ).toEqual([]);
    },
    300_000,
  );

  test('a hundred workspaces', async () => {
    const workspaces = Array.from({ length: 100 }, (_, at) => workspace(`workspace-${at}`));
    expect(await lint('us-east-1', { many: templateOf({ workspaces }).toJSON() })).toEqual([]);
  }, 300_000);
});

test('cfn-lint has nothing to say about the templates that are deployed without the CDK', async () => {
  const [one, two] = [workspace('default'), workspace('a-b')];
  const found = await lint('eu-central-1', {
    one: packaged({ workspaces: [one] }),
    several: packaged({ workspaces: [one, two], alarmEmail: 'on-call@example.com' }),
  });
  expect(found).toEqual([]);
}, 300_000);

test('cfn-lint would say it', async () => {
  const template = structuredClone(templateOf().toJSON());
  const [[id = ''] = []] = Object.entries(templateOf().findResources('AWS::Lambda::Function'));
  template.Resources[id].Properties.Timeout = 901;
  expect(await lint('us-east-1', { late: template })).toEqual([expect.stringMatching(/^late:.*901/)]);
}, 300_000);
