/** The simulator is never taken for the real thing. */
import { describe, expect, test } from 'vitest';
import { apiKey, endpoint, environment, faultsOf } from './faults.ts';
import { readOptions } from './read-options.ts';

describe('the simulator', () => {
  test.each(['BRAZE_API_KEY', 'BRAZE_API_KEY_FILE'])(
    'P12: where %s is set and nothing is asked for, is wrong use that says what to do',
    (variable) => {
      expect(faultsOf([], { [variable]: apiKey })).toEqual([
        `Error: ${variable} is set, and no --endpoint is given: name your Braze instance with --endpoint URL, ` +
          'or ask for the simulated one with --simulated.',
      ]);
    },
  );

  test('is read in spite of a key where it is asked for, and needs no option without one', () => {
    const simulated = { simulated: true, endpoint: undefined, workspace: 'simulated', apiKey: '' };
    expect(readOptions(['--simulated'], environment)).toMatchObject(simulated);
    expect(readOptions([], { BRAZE_API_KEY: ' ' })).toMatchObject({ ...simulated, simulated: false });
  });

  test('is not asked for beside an endpoint', () => {
    expect(faultsOf(['--simulated', ...endpoint])).toEqual([
      'Error: --endpoint and --simulated are both given: leave one of them out.',
    ]);
  });
});

describe('an option that npm has kept for itself', () => {
  test.each<[Record<string, string>, string, string]>([
    [{ npm_config_endpoint: 'https://rest.fra-01.braze.eu' }, '--endpoint', '--endpoint …'],
    [{ npm_config_endpoint: '' }, '--endpoint', '--endpoint …'],
    [
      { npm_config_requests_per_minute: '5', npm_config_simulated: 'true' },
      '--simulated, --requests-per-minute',
      '--simulated --requests-per-minute …',
    ],
    [
      { npm_config_test_alert: 'true', npm_config_data: 'D' },
      '--data, --test-alert',
      '--data … --test-alert',
    ],
  ])('%j is wrong use, with the right command', (kept, names, command) => {
    expect(faultsOf([], { ...environment, ...kept })).toEqual([
      `Error: npm has kept ${names} for itself, since the -- before it is missing; write npm start -- ${command}.`,
    ]);
  });

  test('leaves its value behind, which is no fault of its own and is not repeated', () => {
    const faults = faultsOf([apiKey], { npm_config_endpoint: 'true' });
    expect(faults).toHaveLength(1);
    expect(faults[0]).not.toContain(apiKey);
  });

  test('is none of those that npm knows itself', () => {
    expect(faultsOf([], { npm_config_json: 'true', npm_config_user_agent: 'npm' })).toEqual([]);
  });
});
