/** Nothing is found in the lakes of random histories: `node test/simulation/audit/many-histories.ts 1000` plays more of them. */
import { expect, test } from 'vitest';
import { oddities } from '../scenario/oddities.ts';
import { auditedHistory } from './audited-history.ts';

const seeds = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

test('nothing is found in 30 histories, after any of their runs', async () => {
  let audits = 0;
  for (const seed of seeds(30)) {
    const audited = await auditedHistory(seed);
    expect(audited.findings, `seed ${seed}, audit ${audited.at}`).toEqual([]);
    audits += audited.audits;
  }
  expect(audits).toBeGreaterThan(60);
});

test('nor in 6 where sources lie, clocks are wrong and rows are odd', async () => {
  for (const seed of seeds(6)) {
    const audited = await auditedHistory(seed, new Set(oddities));
    expect(audited.findings, `odd seed ${seed}, audit ${audited.at}`).toEqual([]);
  }
});
