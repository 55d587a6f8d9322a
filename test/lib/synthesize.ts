/** The stack, synthesised as `cdk synth` would, with the context of `cdk.json`, but without a bundle. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import type { WorkspaceConfiguration } from '../../lib/configuration/configuration.ts';
import { SyncHistoryStack, type SyncHistoryStackProps } from '../../lib/sync-history-stack.ts';
import { scratchFolder } from '../local/stores/scratch.ts';

export const project = resolve(import.meta.dirname, '../..');
const { context } = JSON.parse(readFileSync(resolve(project, 'cdk.json'), 'utf8'));

export const workspace = (
  name: string,
  more: Partial<WorkspaceConfiguration> = {},
): WorkspaceConfiguration => ({ name, endpoint: 'https://rest.iad-01.braze.com', ...more });

/** For a test that needs more of the stack than its template; the assembly goes with the test. @param more context. */
export const stackOf = (
  configuration: Partial<SyncHistoryStackProps> = {},
  more: Readonly<Record<string, unknown>> = {},
) => stackIn(scratchFolder(), configuration, more);

const templates = new Map<string, Template>();

/** A template is synthesised once for each configuration: whoever reads it must not change it. */
export function templateOf(configuration: Partial<SyncHistoryStackProps> = {}): Template {
  const name = JSON.stringify(configuration);
  const template = templates.get(name) ?? synthesized(configuration);
  templates.set(name, template);
  return template;
}

function synthesized(configuration: Partial<SyncHistoryStackProps>): Template {
  const assembly = mkdtempSync(join(tmpdir(), 'braze-cdi-'));
  try {
    return Template.fromStack(stackIn(assembly, configuration).stack);
  } finally {
    rmSync(assembly, { recursive: true, force: true });
  }
}

function stackIn(
  assembly: string,
  configuration: Partial<SyncHistoryStackProps>,
  more: Readonly<Record<string, unknown>> = {},
): { app: App; stack: SyncHistoryStack } {
  const app = new App({
    context: {
      ...context,
      'aws:cdk:bundling-stacks': [],
      // A warning that a test asks for would be printed as well.
      '@aws-cdk/core:annotationsInValidationReport': false,
      ...more,
    },
    outdir: assembly,
  });
  const stack = new SyncHistoryStack(app, 'BrazeCdiSyncHistory', {
    workspaces: [workspace('default')],
    ...configuration,
  });
  return { app, stack };
}
