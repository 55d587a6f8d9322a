import { expect, test } from 'vitest';
import { settingsFrom } from '../../../lambda/secrets/settings-source.ts';
import { startSecretsManager } from './secrets-manager.ts';

const settings = {
  endpoint: 'https://rest.fra-01.braze.eu',
  secret: 'key',
  requestsPerMinute: 100,
  listRequestsPerMinute: 50,
};
const written = (...names: string[]) =>
  JSON.stringify(Object.fromEntries(names.map((name) => [name, settings])));

test('settings are kept for a while, and asked for anew on request', async () => {
  const { client, values, asked } = await startSecretsManager({ all: written('one') });
  const read = settingsFrom(client, 'all');

  expect(await read({ anew: false })).toEqual({ one: settings });
  values.set('all', written('one', 'two'));
  expect(Object.keys(await read({ anew: false }))).toEqual(['one']);
  expect(Object.keys(await read({ anew: true }))).toEqual(['one', 'two']);
  expect(Object.keys(await read({ anew: false }))).toEqual(['one', 'two']);
  expect(asked).toHaveLength(2);
});

test('what AWS refuses is said with the secret', async () => {
  const { client } = await startSecretsManager({ all: { error: 'ThrottlingException' } });
  await expect(settingsFrom(client, 'all')({ anew: false })).rejects.toThrow(
    /^The secret all with the settings of the workspaces is asked too much or not available for now/,
  );
}, 20_000);
