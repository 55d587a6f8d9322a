import { describe, expect, test } from 'vitest';
import { readEnvironment } from '../../lambda/environment.ts';

const settings = {
  endpoint: 'https://rest.fra-01.braze.eu',
  secret: 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:key-AbCdEf',
  requestsPerMinute: 100,
  listRequestsPerMinute: 50,
};
const environment = (workspaces: unknown) => ({
  LAKE_BUCKET: 'bucket',
  CHECKPOINT_TABLE: 'table',
  WORKSPACES: JSON.stringify(workspaces),
});

describe('the environment of the function', () => {
  test('is read as the stack sets it', () => {
    const workspaces = { shop: settings, 'shop-2': { ...settings, integrations: ['a'] } };
    expect(readEnvironment(environment(workspaces))).toEqual({
      bucket: 'bucket',
      table: 'table',
      workspaces,
    });
  });

  test.each([
    ['no variables', {}, /LAKE_BUCKET.*CHECKPOINT_TABLE.*WORKSPACES/],
    ['no JSON', { ...environment({}), WORKSPACES: '{' }, /WORKSPACES: not JSON/],
    ['a typo', environment({ shop: { ...settings, endpont: '' } }), /WORKSPACES\.shop: .*endpont/],
    ['no budget', environment({ shop: { ...settings, requestsPerMinute: 0 } }), /shop\.requestsPerMinute/],
  ])('with %s it is refused, and every fault named', (_, variables, message) => {
    expect(() => readEnvironment(variables)).toThrow(message);
  });
});
