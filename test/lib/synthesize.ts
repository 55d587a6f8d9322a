/** The stack, synthesised as `cdk synth` would, with the context of `cdk.json`, but without a bundle. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { afterAll } from 'vitest';
import type {
  SyncHistoryConfiguration,
  WorkspaceConfiguration,
} from '../../lib/configuration/configuration.ts';
import { SyncHistoryStack } from '../../lib/sync-history-stack.ts';

export const project = resolve(import.meta.dirname, '../..');
const assemblies = mkdtempSync(join(tmpdir(), 'braze-cdi-'));
afterAll(() => rmSync(assemblies, { recursive: true, force: true }));

const { context } = JSON.parse(readFileSync(resolve(project, 'cdk.json'), 'utf8'));

export const workspace = (
  name: string,
  more: Partial<WorkspaceConfiguration> = {},
): WorkspaceConfiguration => ({ name, endpoint: 'https://rest.iad-01.braze.com', ...more });

export function stackOf(configuration: Partial<SyncHistoryConfiguration> = {}): {
  app: App;
  stack: SyncHistoryStack;
} {
  const app = new App({
    context: {
      ...context,
      'aws:cdk:bundling-stacks': [],
      // A warning that a test asks for would be printed as well.
      '@aws-cdk/core:annotationsInValidationReport': false,
    },
    outdir: mkdtempSync(join(assemblies, 'cdk-')),
  });
  const stack = new SyncHistoryStack(app, 'BrazeCdiSyncHistory', {
    workspaces: [workspace('default')],
    ...configuration,
  });
  return { app, stack };
}

export const templateOf = (configuration: Partial<SyncHistoryConfiguration> = {}): Template =>
  Template.fromStack(stackOf(configuration).stack);
