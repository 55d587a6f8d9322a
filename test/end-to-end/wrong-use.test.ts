/** What a process makes of wrong use: its exit code, and that nothing is asked or written. */
import { existsSync } from 'node:fs';
import { describe, expect } from 'vitest';
import { type How, type Lab, test } from './export.ts';
import { syncs, worldOf } from './workspace.ts';

/** Runs the command with a server at hand that must not be asked. */
async function refused(lab: Lab, options: readonly string[], how: How = {}) {
  const server = await lab.serve({ world: worldOf({ a: syncs(3) }) });
  const given = ['--data', lab.data, '--endpoint', server.endpoint, ...options];
  const { code, stdout, stderr } = await lab.start(given, how).ended;
  expect({ code, stdout, requests: server.requests.length }).toEqual({ code: 2, stdout: '', requests: 0 });
  expect(existsSync(lab.data), 'nothing is written').toBe(false);
  const sentences = stderr.trimEnd().split('\n');
  expect(sentences.pop()).toBe('See npm start -- --help.');
  for (const sentence of sentences) expect(sentence).toMatch(/^Error: .+\.$/);
  return sentences;
}

describe.concurrent('wrong use', () => {
  test('P12: several faults, each of which is told, and a key among them is not repeated', async ({
    lab,
  }) => {
    const wrong =
      'stray --endpoint nowhere --workspace A --deadline soon --requests-per-minute x --bogus=1 --api-key sentinel-5d1f0c9e-key';
    const sentences = await refused(lab, wrong.split(' '));
    expect(sentences).toHaveLength(7);
    for (const part of [
      'unknown option --bogus',
      'unknown option --api-key',
      'there is an argument that belongs to no option',
      '--endpoint must',
      '--workspace must',
      '--deadline must',
      '--requests-per-minute must',
    ])
      expect(sentences.join('\n')).toContain(part);
  });

  test('P12: a key with a line break in it', async ({ lab }) => {
    const sentences = await refused(lab, [], { key: 'sentinel-5d1f0c9e-key\nx' });
    expect(sentences).toEqual([expect.stringMatching(/BRAZE_API_KEY/)]);
  });

  test('to ask for help is none, without a key either', async ({ lab }) => {
    const { code, stdout, stderr } = await lab.start(['--help'], { key: undefined }).ended;
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    for (const option of [
      'endpoint',
      'workspace',
      'integration',
      'data',
      'requests-per-minute',
      'deadline',
      'json',
    ]) {
      expect(stdout).toContain(`--${option}`);
    }
    expect(stdout).toContain('BRAZE_API_KEY');
    for (const line of stdout.split('\n')) expect(line.length, line).toBeLessThanOrEqual(80);
  });
});
