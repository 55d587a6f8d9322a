import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { test } from './export.ts';
import { kept } from './lake.ts';

test('P1: without an endpoint, a simulated Braze: twice, and the second run finds what is new', async ({
  lab,
}) => {
  const options = [
    '--data',
    lab.data,
    '--requests-per-minute',
    '100000',
    '--list-requests-per-minute',
    '100000',
  ];
  // No key is needed.
  const first = await lab.start(options, { key: undefined }).ended;
  expect(first.code).toBe(0);
  expect(first.stdout).toMatch(/^Simulated Braze: /);
  expect(first.stdout).toMatch(/^Complete: all history up to now is in the lake\.$/m);
  expect(first.stdout).toContain('integrations  12');
  expect(first.stdout).toContain('npm run query -- "');
  const before = lab.lake().lines('syncs');
  expect(before.length).toBeGreaterThan(3000);
  expect(before[0]?.integration_id).toMatch(/^[0-9a-f-]{36}$/);
  expect(lab.lake().keys.every((key) => key.includes('/workspace=simulated/'))).toBe(true);
  const { present } = JSON.parse(readFileSync(join(lab.data, 'simulator.json'), 'utf8'));

  const second = await lab.start([...options, '--json'], { key: undefined }).ended;
  expect(second).toMatchObject({
    code: 0,
    receipt: { outcome: 'complete', workspace: 'simulated', gaps: 0 },
  });
  expect(second.stderr).toMatch(/^Simulated Braze: /);
  const { rows, requests } = second.receipt ?? {};
  expect(rows?.new).toBeGreaterThan(0);
  expect(requests?.status).toBeLessThan(40);
  const after = lab.lake();
  expect(after.lines('syncs')).toHaveLength(before.length + (rows?.new ?? 0));
  for (const [id, raws] of Object.entries(kept(after))) expect(new Set(raws).size, id).toBe(raws.length);
  expect(JSON.parse(readFileSync(join(lab.data, 'simulator.json'), 'utf8')).present > present).toBe(true);
  expect(existsSync(join(lab.data, 'lake/simulator.json'))).toBe(false);
});
