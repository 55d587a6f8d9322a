/** Who is told to deploy again has changed something by then: CloudFormation does nothing with the same template. */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { revertDrift } from '../../../lambda/aws/revert-drift.ts';
import { project } from '../../lib/synthesize.ts';

const files = globSync('{audit,lambda,lib,local/doctor,local/start,report}/**/*.ts', { cwd: project });
const read = (file: string) => readFileSync(join(project, file), 'utf8').replaceAll(/['"`] \+\s+['"`]/g, '');
const advice = /[^'"`.:]*\b(deploy (the stack )?again|deploy once more)\b/gi;

/** What has changed is said before it. */
const afterAChange: Readonly<Record<string, number>> = {
  // cdk.json.
  'local/doctor/stack/storage-checks.ts': 2,
  // What has made the deployment fail, or the version.
  'local/doctor/stack/stack-checks.ts': 4,
};

test('a deployment of the same is advised nowhere', () => {
  const found = files.flatMap((file) => {
    const count = [...read(file).matchAll(advice)].length;
    return count > 0 ? [[file, count] as const] : [];
  });
  expect(Object.fromEntries(found)).toEqual(afterAChange);
});

test('the runbook advises it after a change alone, and has the command for all else', () => {
  const page = readFileSync(join(project, 'docs/runbook.md'), 'utf8').replaceAll('\n', ' ');
  expect(page).toContain(`\`${revertDrift}\``);
  const found = [...page.matchAll(/(?:cdk\.json|[^.])*\bdeploy again/gi)].map(([sentence]) =>
    sentence.trim(),
  );
  expect(found.filter((sentence) => !sentence.includes('`cdk.json`'))).toEqual([]);
});
