/**
 * What stands twice where each must be one of its own. It looks at the configuration as it was given, so that
 * a repetition is told beside the faults that keep the rest from being read.
 */
import type { Fault } from './fault.ts';

export function repetitions(configuration: unknown): Fault[] {
  const workspaces = listAt(configuration, 'workspaces');
  const names = workspaces.map((workspace) => valueAt(workspace, 'name'));
  return [
    ...repeated(names).map(
      (index): Fault => [
        ['workspaces', index, 'name'],
        'is taken by a workspace above: each needs a name of its own',
      ],
    ),
    ...workspaces.flatMap((workspace, index) =>
      ['integrations', 'muted'].flatMap((list) =>
        repeated(listAt(workspace, list)).map(
          (at): Fault => [['workspaces', index, list, at], 'is there already: leave one of them out'],
        ),
      ),
    ),
    ...['subnetIds', 'securityGroupIds'].flatMap((list) =>
      repeated(listAt(valueAt(configuration, 'vpc'), list)).map(
        (at): Fault => [['vpc', list, at], 'is there already: leave one of them out'],
      ),
    ),
  ];
}

/** Where those stand that are a text and have stood before. */
const repeated = (values: readonly unknown[]): number[] =>
  values.flatMap((value, index) =>
    typeof value === 'string' && values.indexOf(value) < index ? [index] : [],
  );

function valueAt(object: unknown, key: string): unknown {
  return typeof object === 'object' && object !== null ? Reflect.get(object, key) : undefined;
}

function listAt(object: unknown, key: string): unknown[] {
  const value = valueAt(object, key);
  return Array.isArray(value) ? value : [];
}
