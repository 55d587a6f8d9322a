/**
 * Audits the lakes of many random histories: `node test/simulation/audit/many-histories.ts 1000 [first seed] [odd]`. Prints the
 * seed of each that has a finding.
 */
import { oddities } from '../scenario/oddities.ts';
import { auditedHistory } from './audited-history.ts';

const [count = '100', first = '1', odd = ''] = process.argv.slice(2);
let audits = 0;
let found = 0;
let unplayed = 0;
const began = performance.now();
/** It is told now and then how far it is: many take hours, and are stopped. */
const tellEach = 500;
const describe = (histories: number) => {
  const seconds = ((performance.now() - began) / 1000).toFixed(0);
  return (
    `${histories} histories, ${audits} audits in ${seconds} s: ${found} histories with findings, ` +
    `${unplayed} not played to their end`
  );
};
for (let seed = Number(first); seed < Number(first) + Number(count); seed += 1) {
  const played = seed - Number(first);
  if (played > 0 && played % tellEach === 0) console.log(describe(played));
  const audited = await auditedHistory(seed, new Set(odd === 'odd' ? oddities : [])).catch(
    (error: unknown) => {
      console.log(`Seed ${seed} is not played to its end: ${error}`.slice(0, 300));
      return undefined;
    },
  );
  if (!audited) {
    unplayed += 1;
    continue;
  }
  audits += audited.audits;
  if (audited.findings.length === 0) continue;
  found += 1;
  console.log(`Seed ${seed}, audit ${audited.at} of ${audited.audits}:`);
  for (const { kind, key, integration_id, detail } of audited.findings.slice(0, 5))
    console.log(`  ${kind} ${key} ${integration_id}: ${detail}`);
}
console.log(describe(Number(count)));
if (found + unplayed > 0) process.exitCode = 1;
