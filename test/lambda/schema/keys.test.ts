import { posix } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  changesKey,
  coverageKey,
  daysKey,
  integrationsKey,
  monthOf,
  quarantineKey,
  safeName,
  standingKey,
  syncsKey,
} from '../../../lambda/schema/keys.ts';

const hostile = [
  '',
  '.',
  '..',
  '/',
  '../..',
  '../../etc/passwd',
  '_hidden',
  '.hidden',
  '__',
  '_-',
  '-',
  'a/b',
  'a\\b',
];
const more = [
  'a\0b',
  'a b',
  'A',
  'CON',
  'a.ndjson.gz',
  '%2e%2e',
  'ä',
  'a\u0308',
  '😀',
  '\ufffd',
  '…',
  'x'.repeat(9999),
];
const id = fc.oneof(
  fc.constantFrom(...hostile, ...more),
  fc.string({ unit: 'binary' }).map((text) => text.toWellFormed()),
  fc.stringMatching(/^[aA_./-]{0,5}$/),
);

describe('keys', () => {
  test('stand where the contract says', () => {
    expect(syncsKey('w', '2026-05-31')).toBe('syncs/workspace=w/dt=2026-05-31/syncs.ndjson.gz');
    expect(integrationsKey('w')).toBe('integrations/workspace=w/integrations.ndjson.gz');
    expect(coverageKey('w')).toBe('coverage/workspace=w/coverage.ndjson.gz');
    expect(standingKey('w')).toBe('standing/workspace=w/standing.ndjson.gz');
    expect(daysKey('w', monthOf('2026-05-31'))).toBe('days/workspace=w/month=2026-05/days.ndjson.gz');
    expect(changesKey('w')).toBe('changes/workspace=w/changes.ndjson.gz');
    expect(quarantineKey('w', 'abc123xyz')).toBe('quarantine/workspace=w/abc123xyz.ndjson.gz');
    const uuid = '00000000-1111-2222-3333-444444444444';
    expect(quarantineKey('w', uuid)).toBe(`quarantine/workspace=w/${uuid}.ndjson.gz`);
  });

  test('P10: no id leads out of its prefix, hides its object, or makes a name too long for a file', () => {
    fc.assert(
      fc.property(id, (text) => {
        const key = quarantineKey('w', text);
        expect(key).toMatch(/^quarantine\/workspace=w\/[A-Za-z0-9-][\w.-]*\.ndjson\.gz$/);
        expect(posix.normalize(key)).toBe(key);
        expect(safeName(text).length).toBeLessThan(120);
      }),
      { numRuns: 1000 },
    );
  });

  test('P10: different ids never share a name, also where upper and lower case are one', () => {
    fc.assert(
      fc.property(id, id, (a, b) => {
        fc.pre(a !== b);
        expect(safeName(a).toLowerCase()).not.toBe(safeName(b).toLowerCase());
      }),
      { numRuns: 2000 },
    );
    const names = new Set([...hostile, ...more].map((text) => safeName(text).toLowerCase()));
    expect(names.size).toBe(hostile.length + more.length);
  });

  test.each(['', '..', '/', 'ä', '😀'])('P10: the name of %j is not that of its digest', (text) => {
    // Nothing readable is left of it, and its bare digest is the safe name of another id.
    expect(safeName(safeName(text))).not.toBe(safeName(text));
  });
});
