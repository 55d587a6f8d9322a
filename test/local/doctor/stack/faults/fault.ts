import type { DeployedStack } from '../deployed-stack.ts';

/** What can be wrong with a stack, done to the local AWS. */
export interface StackFault {
  readonly title: string;
  /** The check that names it: `secret of default, found`. */
  readonly check: string;
  /** @default 'failed' */
  readonly result?: 'warning';
  /** Categories that depend on it, and are left out. @default none */
  readonly skipped?: readonly string[];
  /** What its sentence has to hold. */
  readonly mends: RegExp;
  /** @returns what takes it back. */
  readonly inject: (stack: DeployedStack) => Promise<() => Promise<unknown>>;
}

/** What the function finds out with the key. */
export const withKey = [
  'permissions',
  'allowlist',
  'instance',
  'integrations',
  'paging',
  'rows',
  'limits',
  'history',
];
export const ofDefault = (...names: readonly string[]) => names.map((name) => `${name} of default`);
/** What needs a key that can be one. */
export const withoutKey = ofDefault('connection', ...withKey, 'runs');

export const runs = ofDefault('runs');
