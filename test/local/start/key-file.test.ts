import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { scratchFolder } from '../stores/scratch.ts';
import { apiKey, endpoint, faultsOf } from './faults.ts';
import { readOptions } from './read-options.ts';

function fileWith(text: string): string {
  const file = join(scratchFolder(), 'key');
  writeFileSync(file, text);
  return file;
}

describe('BRAZE_API_KEY_FILE', () => {
  test.each([apiKey, `${apiKey}\n`, ` ${apiKey}\r\n`])(
    'holds the key, also with white space around it: %j',
    (text) => {
      expect(readOptions(endpoint, { BRAZE_API_KEY_FILE: fileWith(text) }).apiKey).toBe(apiKey);
    },
  );

  test('may stand beside an empty BRAZE_API_KEY', () => {
    const environment = { BRAZE_API_KEY: ' ', BRAZE_API_KEY_FILE: fileWith(apiKey) };
    expect(readOptions(endpoint, environment).apiKey).toBe(apiKey);
  });

  test.each<[string, () => Record<string, string>, string]>([
    [
      'is not there',
      () => ({ BRAZE_API_KEY_FILE: join(scratchFolder(), 'none') }),
      'names a file that is not there',
    ],
    ['is a folder', () => ({ BRAZE_API_KEY_FILE: scratchFolder() }), 'names a folder'],
    ['is empty', () => ({ BRAZE_API_KEY_FILE: fileWith('\n') }), 'names a file that is empty'],
    ['has quotes', () => ({ BRAZE_API_KEY_FILE: fileWith(`"${apiKey}"\n`) }), 'has quotes around it'],
    [
      'has two lines',
      () => ({ BRAZE_API_KEY_FILE: fileWith(`${apiKey}\nx`) }),
      'holds a space or a character',
    ],
    ['is another file', () => ({ BRAZE_API_KEY_FILE: fileWith('x'.repeat(10_001)) }), 'too long for a key'],
    ['has no end', () => ({ BRAZE_API_KEY_FILE: '/dev/zero' }), 'too long for a key'],
    ['is the key itself', () => ({ BRAZE_API_KEY_FILE: apiKey }), 'names a file that is not there'],
    [
      'and the key are set',
      () => ({ BRAZE_API_KEY: apiKey, BRAZE_API_KEY_FILE: fileWith(apiKey) }),
      'are both set',
    ],
  ])('P12: one that %s is a fault, which quotes neither', (_, environment, words) => {
    const faults = faultsOf(endpoint, environment());
    expect(faults).toEqual([expect.stringMatching(/^Error: BRAZE_API_KEY.+\.$/)]);
    expect(faults[0]).toContain(words);
    expect(faults[0]).not.toContain(apiKey);
  });

  test.skipIf(process.getuid?.() === 0)('one that may not be read is told', () => {
    const file = fileWith(apiKey);
    chmodSync(file, 0);
    expect(faultsOf(endpoint, { BRAZE_API_KEY_FILE: file }).join()).toContain('may not read');
  });

  test('a folder that is not there is told as a file that is not', () => {
    const folder = scratchFolder();
    mkdirSync(join(folder, 'a'));
    const file = join(folder, 'b', 'key');
    expect(faultsOf(endpoint, { BRAZE_API_KEY_FILE: file }).join()).toContain('not there');
  });
});
