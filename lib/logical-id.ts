/**
 * Logical ids that are fixed. In a stack of its own they are as they are written; in a construct within another stack
 * the construct's own path stands before them, so that two of them, or the stack's own resources, get along.
 */
import { Stack } from 'aws-cdk-lib';
import type { Construct, IConstruct } from 'constructs';
import { ConfigurationFault } from './configuration/configuration-fault.ts';

const prefixKey = 'braze-cdi-sync-history:logical-id-prefix';

/** For all that is made below it, which must not have begun. @throws {ConfigurationFault} */
export function prefixLogicalIds(construct: Construct): void {
  const stack = Stack.of(construct);
  const path = construct.node.scopes.slice(stack.node.scopes.length);
  const ids = path.map(({ node }) => (node.id === 'Default' ? '' : node.id)).join('');
  const prefix = ids.replaceAll(/[^A-Za-z0-9]/g, '');
  const other = stack.node
    .findAll()
    .find((each) => Stack.of(each) === stack && each.node.tryGetContext(prefixKey) === prefix);
  if (other) {
    throw new ConfigurationFault([
      `${construct.node.path} has no letter or digit by which it differs from ${other.node.path}, and a logical id ` +
        'has nothing else: give another id to the one that is not deployed yet.',
    ]);
  }
  construct.node.setContext(prefixKey, prefix);
}

export const logicalId = (scope: IConstruct, id: string): string =>
  `${scope.node.tryGetContext(prefixKey) ?? ''}${id}`;
