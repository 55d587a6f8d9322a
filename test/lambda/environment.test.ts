import { describe, expect, test } from 'vitest';
import { readEnvironment, readWorkspaces } from '../../lambda/environment.ts';

const settings = {
  endpoint: 'https://rest.fra-01.braze.eu',
  secret: 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:key-AbCdEf',
  requestsPerMinute: 100,
  listRequestsPerMinute: 50,
};
const told = {
  topic: 'arn:aws:sns:eu-central-1:123456789012:alerts',
  refusedShare: 0.01,
  finishedSyncs: false,
};
const environment = (workspaces: unknown, alerts: unknown = told) => ({
  LAKE_BUCKET: 'bucket',
  CHECKPOINT_TABLE: 'table',
  WORKSPACES: JSON.stringify(workspaces),
  ALERTS: JSON.stringify(alerts),
  FIRST_DAY: '2024-03-01',
});

describe('the environment of the function', () => {
  test('is read as the stack sets it', () => {
    const more = { integrations: ['a'], muted: ['b'], dashboard: 'dashboard-01.braze.com' };
    const workspaces = { shop: settings, 'shop-2': { ...settings, ...more } };
    const alerts = { ...told, lateGraceMinutes: 30 };
    expect(readEnvironment(environment(workspaces, alerts))).toEqual({
      bucket: 'bucket',
      table: 'table',
      workspaces: { settings: workspaces },
      alerts,
      firstDay: '2024-03-01',
    });
  });

  test('may name the secret that holds the settings of many', () => {
    const { WORKSPACES, ...others } = environment({ shop: settings });
    const inSecret = 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:settings-AbCdEf';
    expect(readEnvironment({ ...others, WORKSPACES_SECRET: inSecret }).workspaces).toEqual({ inSecret });
    expect(readWorkspaces(WORKSPACES)).toEqual({ shop: settings });
    expect(() => readWorkspaces('{"shop":{}}')).toThrow(
      /settings of the workspaces are not .*shop\.endpoint/,
    );
  });

  test.each([
    ['no variables', {}, /LAKE_BUCKET.*CHECKPOINT_TABLE.*ALERTS.*FIRST_DAY.*WORKSPACES/],
    ['no day', { ...environment({}), FIRST_DAY: '2024-02-30' }, /FIRST_DAY/],
    ['settings in two places', { ...environment({}), WORKSPACES_SECRET: 'arn' }, /WORKSPACES: one of it and/],
    ['no JSON', { ...environment({}), WORKSPACES: '{' }, /WORKSPACES: not JSON/],
    ['no topic', environment({}, { ...told, topic: '' }), /ALERTS\.topic/],
    ['a typo', environment({ shop: { ...settings, endpont: '' } }), /WORKSPACES\.shop: .*endpont/],
    ['no budget', environment({ shop: { ...settings, requestsPerMinute: 0 } }), /shop\.requestsPerMinute/],
  ])('with %s it is refused, and every fault named', (_, variables, message) => {
    expect(() => readEnvironment(variables)).toThrow(message);
  });
});
