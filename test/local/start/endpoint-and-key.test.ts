import { describe, expect, test } from 'vitest';
import { apiKey, endpoint, environment, faultsOf } from './faults.ts';
import { readOptions } from './read-options.ts';

describe('readOptions', () => {
  test.each([
    ['https://rest.iad-01.braze.com', 0],
    ['https://rest.new-99.braze.eu/', 0],
    ['http://127.0.0.1:8080', 1],
    ['http://localhost:8080/base', 1],
    ['http://[::1]:8080', 1],
    ['https://proxy.example', 1],
    ['https://rest.a.braze.com.evil.example', 1],
    ['https://rest.a.b.braze.com', 1],
    ['https://dashboard-01.braze.eu', 1],
  ])('the endpoint %s is taken, with %i warnings', (url, warnings) => {
    const options = readOptions(['--endpoint', url], environment);
    expect(options.endpoint?.href).toBe(new URL(url).href);
    expect(options.warnings).toHaveLength(warnings);
    if (warnings) expect(options.warnings[0]).toContain(new URL(url).host);
  });

  test('the address of the dashboard, which everybody has in the browser, is told as that', () => {
    const { warnings } = readOptions(['--endpoint', 'https://dashboard-01.braze.com'], environment);
    expect(warnings).toEqual([expect.stringMatching(/is Braze's dashboard; .+ https:\/\/rest\./)]);
  });

  test.each([
    [undefined, 'is not set'],
    ['', 'is empty'],
    ['  \n', 'is empty'],
    [`"${apiKey}"`, 'quotes'],
    [`'${apiKey}'`, 'quotes'],
    [`${apiKey}"`, 'quotes'],
    [`${apiKey} x`, 'a space or a character'],
    [`${apiKey}\n${apiKey}`, 'a space or a character'],
    [`${apiKey}\nx`, 'a space or a character'],
    [`${apiKey}…`, 'a space or a character'],
    [`${apiKey}€`, 'a space or a character'],
  ])('P12: a key like %j is a fault, which does not quote it', (key, words) => {
    const faults = faultsOf(endpoint, key === undefined ? {} : { BRAZE_API_KEY: key });
    expect(faults).toHaveLength(1);
    expect(faults[0]).toContain('BRAZE_API_KEY');
    expect(faults[0]).toContain(words);
    expect(faults[0]).not.toContain(apiKey);
  });

  test('white space around the key is no part of it; the simulator needs none', () => {
    for (const key of [` ${apiKey}\n`, `${apiKey}\n`])
      expect(readOptions(endpoint, { BRAZE_API_KEY: key }).apiKey).toBe(apiKey);
    expect(faultsOf(['--simulated'], { BRAZE_API_KEY: '""' })).toEqual([]);
  });

  test.each([
    ['--api-key', [apiKey]],
    ['--api-key', [apiKey], endpoint],
    ['--api-key', [], endpoint],
    ['--apikey', [], ['--json']],
    ['-k', [apiKey]],
    ['-k', [apiKey], ['--json']],
  ])(
    'P12: a key given as an option of our own invention is not repeated: %s',
    (option, separate, others = []) => {
      const given = separate.length > 0 ? [option, ...separate] : [`${option}=${apiKey}`];
      expect(faultsOf([...others, ...given])).toEqual([`Error: unknown option ${option}.`]);
    },
  );
});
