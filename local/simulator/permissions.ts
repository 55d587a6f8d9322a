import { type Answer, refusal } from './answer.ts';
import type { RequestKind } from './route.ts';

export type Permission = 'cdi.integration_list' | 'cdi.integration_job_status';

/** API keys and what each may do. */
export type Keys = Readonly<Record<string, readonly Permission[]>>;

export const allPermissions: readonly Permission[] = ['cdi.integration_list', 'cdi.integration_job_status'];

const needed: Record<RequestKind, Permission | undefined> = {
  list: 'cdi.integration_list',
  status: 'cdi.integration_job_status',
  other: undefined,
};

/** @returns the answer to who may not ask this, or undefined. */
export function denial(keys: Keys, authorization: string | undefined, kind: RequestKind): Answer | undefined {
  const key = /^Bearer (.+)$/.exec(authorization ?? '')?.[1];
  const permissions = key !== undefined && Object.hasOwn(keys, key) ? keys[key] : undefined;
  if (!permissions) return refusal(401, 'Invalid API key');
  const permission = needed[kind];
  if (permission === undefined || permissions.includes(permission)) return undefined;
  return refusal(403, `The API key does not have the permission ${permission}`);
}
