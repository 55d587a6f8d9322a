/**
 * Logical ids that are fixed. In a stack of its own they are as they are written; in a construct within another stack
 * the construct's own path stands before them, so that two of them, or the stack's own resources, get along.
 */
import { Stack } from 'aws-cdk-lib';
import type { Construct, IConstruct } from 'constructs';

const prefixKey = 'braze-cdi-sync-history:logical-id-prefix';

/** For all that is made below it, which must not have begun. */
export function prefixLogicalIds(construct: Construct): void {
  const path = construct.node.scopes.slice(Stack.of(construct).node.scopes.length);
  const prefix = path.map(({ node }) => (node.id === 'Default' ? '' : node.id)).join('');
  construct.node.setContext(prefixKey, prefix.replaceAll(/[^A-Za-z0-9]/g, ''));
}

export const logicalId = (scope: IConstruct, id: string): string =>
  `${scope.node.tryGetContext(prefixKey) ?? ''}${id}`;
