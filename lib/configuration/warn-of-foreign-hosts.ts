import { Annotations } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { foreignHost } from '../../lambda/braze/endpoint.ts';
import type { Workspace } from './schema.ts';

export function warnOfForeignHosts(scope: Construct, workspaces: readonly Workspace[]): void {
  for (const { name, endpoint } of workspaces) {
    const warning = foreignHost(new URL(endpoint));
    if (warning === undefined) continue;
    Annotations.of(scope).addWarningV2(
      `braze-cdi-sync-history:foreign-host:${name}`,
      `Workspace ${name}: ${warning}`,
    );
  }
}
