import { expect, test } from 'vitest';
import { SimulatedBraze } from '../../../local/simulator/braze.ts';
import { allPermissions } from '../../../local/simulator/permissions.ts';
import { rowWorld } from './row-world.ts';
import { statusPath } from './walk-pages.ts';

const keys = {
  all: allPermissions,
  lists: ['cdi.integration_list'],
  reads: ['cdi.integration_job_status'],
} as const;

function answers(authorization?: string): number[] {
  const braze = new SimulatedBraze(rowWorld([]), { keys });
  return ['/cdi/integrations', statusPath].map((path) => braze.answer({ path, authorization }, 0).status);
}

test.each([
  ['Bearer all', [200, 200]],
  ['Bearer lists', [200, 403]],
  ['Bearer reads', [403, 200]],
  ['Bearer unknown', [401, 401]],
  ['Bearer "all"', [401, 401]],
  ['Bearer toString', [401, 401]],
  ['Bearer ', [401, 401]],
  ['all', [401, 401]],
  [undefined, [401, 401]],
])('%s', (authorization, expected) => {
  expect(answers(authorization)).toEqual(expected);
});

test("refusals come in Braze's envelope", () => {
  const braze = new SimulatedBraze(rowWorld([]), { keys });
  expect(JSON.parse(braze.answer({ path: statusPath }, 0).body)).toEqual({
    message: 'Invalid API key',
    errors: ['Invalid API key'],
  });
  const { body } = braze.answer({ path: statusPath, authorization: 'Bearer lists' }, 0);
  expect(JSON.parse(body).message).toContain('cdi.integration_job_status');
});

test('a rotated key works from then on, the old one no longer', () => {
  const braze = new SimulatedBraze(rowWorld([]), { keys: { old: allPermissions } });
  braze.keys = { new: allPermissions };
  const statusOf = (key: string) =>
    braze.answer({ path: statusPath, authorization: `Bearer ${key}` }, 0).status;
  expect([statusOf('old'), statusOf('new')]).toEqual([401, 200]);
});

test('without keys every request is served', () => {
  expect(new SimulatedBraze(rowWorld([])).answer({ path: statusPath }, 0).status).toBe(200);
});
