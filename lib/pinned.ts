import { CfnResource } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { logicalId } from './logical-id.ts';

/**
 * Fixes the logical id of what holds data: under another one, CloudFormation would make a new, empty resource and
 * leave the old one behind.
 */
export function pinned<T extends IConstruct>(construct: T, id: string): T {
  const resource = construct.node.defaultChild;
  if (!CfnResource.isCfnResource(resource)) throw new TypeError(`${construct.node.path} is not one resource`);
  resource.overrideLogicalId(logicalId(construct, id));
  return construct;
}
