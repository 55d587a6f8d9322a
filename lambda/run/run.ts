/** One run for one workspace: from the lease to the receipt. */

import { Lease, type LimiterCounts, type RateLimiters } from '../checkpoint/lease.ts';
import { Denied } from '../errors/denied.ts';
import { isForPeople } from '../errors/exporter-error.ts';
import { ForeignSource } from '../errors/foreign-source.ts';
import { LostRace } from '../errors/lost-race.ts';
import { OutOfTime } from '../errors/out-of-time.ts';
import { Outage } from '../errors/outage.ts';
import { RateLimiter } from '../rate-limit/rate-limiter.ts';
import { Export } from './export.ts';
import { Failures } from './failures.ts';
import { newReceipt, type Receipt } from './receipt.ts';
import { Requester } from './requester.ts';
import type { RunOptions, RunPorts } from './run-options.ts';

export interface RunResult {
  readonly receipt: Receipt;
  /** What could not be exported and why, in sentences for a person. */
  readonly failures: readonly string[];
}

/**
 * 1. Take the lease; where another run holds it, step aside.
 * 2. Load the records. Another source than the workspace's own is refused: see {@link WorkspaceIdentity}.
 * 3. The list of integrations, and beside it heads, open syncs, gaps: see {@link Export}. Commits on the way keep memory bounded.
 * 4. Last commit, coverage, standing.
 * 5. Tell what is to be told, in the time that is left.
 * 6. Make the months of `days` anew that may be behind, and give the lease back.
 *
 * However the reading ends, what was read is kept. Errors that a person can do something about become
 * failures; any other error is a fault of this program and is thrown.
 */
export async function run(options: RunOptions, ports: RunPorts): Promise<RunResult> {
  const { clock } = ports;
  const began = clock.now();
  const receipt = newReceipt(options.workspace);
  const failures = new Failures(ports.report);
  const finish = (outcome: Receipt['outcome']): RunResult => {
    receipt.outcome = outcome;
    receipt.waited_seconds = rounded(receipt.waited_seconds);
    receipt.elapsed_seconds = rounded((clock.now() - began) / 1000);
    return { receipt, failures: failures.sentences };
  };

  const leaseNow = ports.leaseNow ?? (() => clock.now());
  let lease: Lease | undefined;
  try {
    lease = await Lease.take(ports.checkpoints, options.workspace, ports.owner, leaseNow());
  } catch (error) {
    if (!isForPeople(error)) throw error;
    failures.add(error.message);
    return finish('failed');
  }
  if (!lease) return finish('busy');

  const limiters: RateLimiters = {
    list: new RateLimiter(options.limits.list, began, lease.earlier.list),
    status: new RateLimiter(options.limits.status, began, lease.earlier.status),
  };
  const held = lease;
  const keepLease = () => held.keep(leaseNow(), usedOf(limiters, clock.now()));
  const requester = new Requester(
    {
      ...ports,
      signal: options.signal,
      deadline: options.deadline ?? Number.POSITIVE_INFINITY,
      keepLease,
    },
    limiters,
    receipt,
  );
  const renewLease = () => held.renew(leaseNow(), usedOf(limiters, clock.now()));
  const { facts, foundLakeAhead: isLakeAhead } = lease;
  const shared = { requester, renewLease, keepLease, limiters, facts, receipt, failures, began };
  const context = { ...shared, isLakeAhead };
  const exported = new Export(options, ports, context);

  let lost = false;
  try {
    await exported.load();
    await guarded(() => exported.read(), failures, exported);
    await exported.finish();
    await exported.tell();
    await exported.rebuildMonths();
  } catch (error) {
    if (error instanceof LostRace) lost = true;
    // Nothing is written, no coverage either: it is not this workspace's.
    else if (error instanceof ForeignSource) failures.add(error.message);
    else if (isForPeople(error)) await exported.failWhole(error.message);
    else throw error;
  }
  exported.count();
  if (!lost) await giveBack(lease, usedOf(limiters, clock.now()));
  if (failures.sentences.length > 0) return finish('failed');
  return finish(!lost && exported.isComplete ? 'complete' : 'suspended');
}

/** Reading ends early for want of time, of a right or of an answer; what was read is committed all the same. */
async function guarded(read: () => Promise<void>, failures: Failures, exported: Export): Promise<void> {
  try {
    await read();
  } catch (error) {
    if (error instanceof OutOfTime) return;
    if (!(error instanceof Denied || error instanceof Outage)) throw error;
    failures.add(error.message);
    exported.denyAll(error.message);
  }
}

/** The lease runs out by itself, so that failing to give it back is no failure of the run. */
async function giveBack(lease: Lease, used: LimiterCounts): Promise<void> {
  try {
    await lease.giveBack(used);
  } catch (error) {
    if (!isForPeople(error)) throw error;
  }
}

function usedOf(limiters: RateLimiters, now: number): LimiterCounts {
  return { list: limiters.list.counts(now), status: limiters.status.counts(now) };
}

function rounded(seconds: number): number {
  return Math.round(seconds * 10) / 10;
}
