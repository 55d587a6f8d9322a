import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { Denied } from '../../../lambda/errors/denied.ts';
import { KeyMissing } from '../../../lambda/errors/key-missing.ts';
import { ApiKeySource } from '../../../lambda/secrets/api-key-source.ts';
import { startSecretsManager } from './secrets-manager.ts';

const sentinel = 'sentinel-5d1f0c9e-key';

async function source(values: Parameters<typeof startSecretsManager>[0]) {
  const secrets = await startSecretsManager(values);
  return { ...secrets, keys: new ApiKeySource(secrets.client) };
}

describe('ApiKeySource', () => {
  test('a key is kept for five minutes, each secret’s for itself', async () => {
    const { keys, asked } = await source({ one: 'key-1', two: ' key-2\n' });
    vi.useFakeTimers({ toFake: ['Date'] });
    onTestFinished(() => {
      vi.useRealTimers();
    });
    const start = Date.now();

    expect(await keys.read('w', 'one')).toBe('key-1');
    expect(await keys.read('w', 'two')).toBe('key-2');
    vi.setSystemTime(start + 5 * 60_000 - 1);
    expect(await keys.read('w', 'one')).toBe('key-1');
    expect(asked).toEqual(['one', 'two']);
    vi.setSystemTime(start + 5 * 60_000 + 1);
    await keys.read('w', 'one');
    expect(asked).toEqual(['one', 'two', 'one']);
  });

  test('a rotated key is read anew, and then kept', async () => {
    const { keys, values, asked } = await source({ one: 'old' });
    await keys.read('w', 'one');
    values.set('one', 'new');

    expect(await keys.read('w', 'one')).toBe('old');
    expect(await keys.readAnew('w', 'one')).toBe('new');
    expect(await keys.read('w', 'one')).toBe('new');
    expect(asked).toHaveLength(2);
  });

  test('a key that was taken away is not kept', async () => {
    const { keys, values } = await source({ one: 'old' });
    await keys.read('w', 'one');
    values.set('one', undefined);
    await expect(keys.readAnew('w', 'one')).rejects.toThrow(/has no value yet/);
    values.set('one', 'new');
    expect(await keys.read('w', 'one')).toBe('new');
  });

  test.each([
    ['none', undefined, 'has no value yet'],
    ['empty', ' \n', 'is empty'],
    ['in quotes', `"${sentinel}"`, 'has quotes around it'],
    ['as the console’s form makes it', `{"key":"${sentinel}"}`, 'is JSON, not the key alone'],
    ['with a space', `${sentinel} ${sentinel}`, 'holds a space or a character that no key has'],
  ])(
    'P12: a value that is no key (%s) is told with what to do, and never repeated',
    async (_, value, fault) => {
      const { keys, values, asked } = await source({ one: value });

      const error = await keys.read('shop', 'one').catch((reason: unknown) => reason);

      expect(error).toBeInstanceOf(Denied);
      expect(error instanceof KeyMissing).toBe((value ?? '').trim() === '');
      expect(String(error)).toContain(
        `The secret one ${fault}. Set it to the REST API key of workspace shop`,
      );
      expect(String(error)).toContain(
        "aws secretsmanager put-secret-value --region us-east-1 --secret-id 'one' --secret-string file:///dev/stdin",
      );
      expect(String(error)).not.toContain('sentinel');
      values.set('one', 'key');
      expect(await keys.read('shop', 'one')).toBe('key');
      expect(asked).toHaveLength(2);
    },
  );

  test('what AWS refuses is said with the secret', async () => {
    const { keys } = await source({ one: { error: 'AccessDeniedException' } });

    await expect(keys.read('w', 'one')).rejects.toThrow(
      /^The secret one is not open to this function, or there is none of that name in this region, /,
    );
  });

  test('what AWS says of who has denied it is said', async () => {
    const message = 'not authorized to perform it with an explicit deny in a service control policy';
    const { keys } = await source({ one: { error: 'AccessDeniedException', message } });

    await expect(keys.read('w', 'one')).rejects.toThrow(
      /^The secret one is forbidden to this function by a policy of your organisation: .* explicit deny in a service/,
    );
  });

  test('Secrets Manager’s own words for a key that it may not use', async () => {
    const { keys } = await source({
      one: { error: 'AccessDeniedException', message: 'Access to KMS is not allowed' },
    });

    await expect(keys.read('w', 'one')).rejects.toThrow(
      /^The secret one is encrypted with a KMS key .*encryptionKeyArn/,
    );
  });
});
