import { Annotations } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { isBraze } from '../../lambda/braze/endpoint.ts';
import type { Workspace } from './schema.ts';

/** A host that is not Braze's is used all the same: somebody may have a proxy in front of it, or the simulator. */
export function warnOfForeignHosts(scope: Construct, workspaces: readonly Workspace[]): void {
  for (const { name, endpoint } of workspaces) {
    const url = new URL(endpoint);
    if (isBraze(url)) continue;
    Annotations.of(scope).addWarningV2(
      `braze-cdi-sync-history:foreign-host:${name}`,
      `Workspace ${name}: ${url.host} is not a host of Braze; it is used all the same.`,
    );
  }
}
