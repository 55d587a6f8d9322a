/** The whole chain, from nothing to a second stack on the first one's data. */

import { incident, testAlert } from './alerts.ts';
import { auditBucket } from './audit.ts';
import type { Deployed } from './deployed.ts';
import { firstDeployment, setKey } from './deployment.ts';
import { doctor } from './doctor.ts';
import { insistedOn } from './insisted-on.ts';
import { deployAgain, rotateKey } from './operation.ts';
import type { Rehearsal } from './rehearsal.ts';
import { destroy, takeUpAgain } from './removal.ts';
import { scheduledReport } from './report.ts';
import { firstRun, scheduledRun, steadyRun } from './runs.ts';

/** @returns the stack that stands at the end. */
export async function chain(rehearsal: Rehearsal): Promise<Deployed> {
  const stack = await firstDeployment(rehearsal);
  await setKey(rehearsal, stack);
  await firstRun(rehearsal, stack);
  await steadyRun(rehearsal, stack, 'Run it again');
  const receiver = await testAlert(rehearsal, stack);
  await incident(rehearsal, stack, receiver);
  await scheduledRun(rehearsal, stack);
  await scheduledReport(rehearsal, stack);
  await insistedOn(rehearsal, stack);
  await doctor(rehearsal, stack);
  await deployAgain(rehearsal);
  await rotateKey(rehearsal, stack);
  await destroy(rehearsal, stack);
  const again = await takeUpAgain(rehearsal, stack);
  await auditBucket(rehearsal, again);
  return again;
}
