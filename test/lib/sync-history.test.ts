/** The construct in a stack of somebody's own. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { expect, test } from 'vitest';
import { SyncHistory, type SyncHistoryProps } from '../../lib/sync-history.ts';
import { scratchFolder } from '../local/stores/scratch.ts';
import { flat } from './flat.ts';
import { project, templateOf, workspace } from './synthesize.ts';

const { context } = JSON.parse(readFileSync(join(project, 'cdk.json'), 'utf8'));

function own(...given: readonly (readonly [id: string, props: SyncHistoryProps])[]) {
  const app = new App({ context: { ...context, 'aws:cdk:bundling-stacks': [] }, outdir: scratchFolder() });
  const stack = new Stack(app, 'Own');
  for (const [id, props] of given) new SyncHistory(stack, id, props);
  return Template.fromStack(stack).toJSON();
}

/** Without logical ids: the construct's own id stands in each. */
const nameless = (part: Readonly<Record<string, unknown>>, prefix = '') => {
  const ids = Object.keys(part).sort((a, b) => b.length - a.length);
  // Without a bundle the code is named by its place in the app.
  let text = JSON.stringify(Object.values(part)).replace(/"S3Key":"\w+\.zip"/, '"S3Key":"code"');
  for (const id of ids) {
    const name = id.slice(id.startsWith(prefix) ? prefix.length : 0).replace(/[0-9A-F]{8}$/, '');
    text = text.replaceAll(id, name);
  }
  return JSON.parse(text)
    .map((each: unknown) => JSON.stringify(each))
    .sort();
};

test('it has what the stack has, under ids that begin with its own', () => {
  const props = { workspaces: [workspace('default')], permissionsBoundary: 'developers' };
  const { Resources, Outputs } = own(['History', props]);
  const stack = templateOf(props).toJSON();
  for (const id of [...Object.keys(Resources), ...Object.keys(Outputs)]) expect(id).toMatch(/^History/);
  expect(nameless(Resources, 'History')).toEqual(nameless(stack.Resources));
  expect(Object.keys(Outputs).map((id) => id.slice('History'.length))).toEqual(Object.keys(stack.Outputs));
});

test('two of them stand in one stack, and each command sets the key of its own', () => {
  const { Resources, Outputs } = own(
    ['One', { workspaces: [workspace('default')] }],
    ['Two', { workspaces: [workspace('default')], database: 'second' }],
  );
  expect(Object.keys(Resources)).toEqual(
    expect.arrayContaining(['OneLakeBucket', 'TwoLakeBucket', 'OneApiKeyOfDefault', 'TwoApiKeyOfDefault']),
  );
  expect(flat(Outputs.TwoSetKey.Value)).toContain('--logical-resource-id "TwoApiKeyOfDefault"');
});

test('its tags are on what it makes, and on nothing else of the stack', () => {
  const { Resources } = own(['History', { workspaces: [workspace('default')], tags: { team: 'crm' } }]);
  expect(Resources.HistoryLakeBucket.Properties.Tags).toEqual([{ Key: 'team', Value: 'crm' }]);
});
