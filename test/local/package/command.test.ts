import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { WrongUse } from '../../../local/command/wrong-use.ts';
import { contextIn } from '../../../local/package/command.ts';
import { project } from '../../lib/synthesize.ts';

const own = readFileSync(join(project, 'cdk.json'), 'utf8');
const { context } = JSON.parse(own);

test.each([
  ['as it is', own],
  ['with a byte order mark', `\ufeff${own}`],
  ['with the line breaks of Windows', own.replaceAll('\n', '\r\n')],
])('cdk.json is read %s', (_, text) => {
  expect(contextIn(Buffer.from(text))).toEqual(context);
});

test('one without a context has none', () => {
  expect(contextIn(Buffer.from('{}'))).toEqual({});
});

test.each(['', '{', 'null', '{"context": {"secret": 1,}}'])(
  'one that is no JSON object is told: %j',
  (text) => {
    const read = () => contextIn(Buffer.from(text));
    expect(read).toThrow(WrongUse);
    expect(read).toThrow(/^Error: cdk\.json is no JSON object( \(line \d+ column \d+\))?: look at /);
    expect(read).not.toThrow(/secret/);
  },
);
