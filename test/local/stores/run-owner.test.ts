import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, utimesSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, onTestFinished, test } from 'vitest';
import { sweepLeftovers } from '../../../local/stores/leftovers.ts';
import { localOwner } from '../../../local/stores/local-owner.ts';
import { holdOwner, ownerIsDead } from '../../../local/stores/run-owner.ts';
import { startChild } from './child.ts';
import { filesBelow, scratchFolder } from './scratch.ts';

const holder = join(import.meta.dirname, 'hold-owner.ts');
const hasSignals = process.platform !== 'win32';

/** A process whose parent never waits for it: killed, its entry in the process table stays. */
async function startUnwaitedFor(folder: string): Promise<{ owner: string; pid: number }> {
  const script = '"$0" "$1" "$2" & exec sleep 600';
  const parent = spawn('sh', ['-c', script, process.execPath, holder, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void parent.kill('SIGKILL'));
  const [owner] = (await once(createInterface(parent.stdout), 'line')) as [string];
  const pid = Number(/:(\d+):/.exec(owner)?.[1]);
  onTestFinished(() => {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It has ended.
    }
  });
  return { owner, pid };
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise(setImmediate);
}

describe('an owner', () => {
  test('lives until it is released, and leaves no file behind', () => {
    const folder = scratchFolder();
    const [one, other] = [holdOwner(folder), holdOwner(folder)];
    expect(one.name).not.toBe(other.name);
    expect([ownerIsDead(folder, one.name), ownerIsDead(folder, other.name)]).toEqual([false, false]);
    one.release();
    expect([ownerIsDead(folder, one.name), ownerIsDead(folder, other.name)]).toEqual([true, false]);
    other.release();
    expect(filesBelow(folder)).toEqual([]);
  });

  test('P9: of another process lives until that is killed', async () => {
    const folder = scratchFolder();
    const child = startChild(holder, folder);
    const owner = (await child.nextLine()) ?? '';
    expect(ownerIsDead(folder, owner)).toBe(false);
    await child.kill();
    expect(ownerIsDead(folder, owner)).toBe(true);
  });

  test.runIf(hasSignals)(
    'is dead once it is killed, though nobody waits for its process',
    async () => {
      const folder = scratchFolder();
      const { owner, pid } = await startUnwaitedFor(folder);
      expect(ownerIsDead(folder, owner)).toBe(false);
      process.kill(pid, 'SIGKILL');
      await until(() => ownerIsDead(folder, owner));
      // The entry is still there: the number of the process tells nothing.
      expect(process.kill(pid, 0)).toBe(true);
    },
    20_000,
  );

  test.runIf(hasSignals)('lives while it is only stopped', async () => {
    const folder = scratchFolder();
    const { owner, pid } = await startUnwaitedFor(folder);
    process.kill(pid, 'SIGSTOP');
    expect(ownerIsDead(folder, owner)).toBe(false);
  });

  test('of another machine is not known to be dead, nor one that is nobody', () => {
    const folder = scratchFolder();
    const { name, release } = holdOwner(folder);
    release();
    expect(ownerIsDead(folder, name.replace(hostname(), 'elsewhere.example'))).toBe(false);
    expect(ownerIsDead(folder, '')).toBe(false);
  });

  test('P20: of an earlier version, which held no lock, is judged by its process', () => {
    const folder = scratchFolder();
    expect(ownerIsDead(folder, localOwner())).toBe(false);
    expect(ownerIsDead(folder, `${hostname()}:${process.pid}:0123456789abcdef`)).toBe(true);
  });
});

test('locks of runs that were killed are swept after an hour, those of living ones never', async () => {
  const folder = scratchFolder();
  const living = holdOwner(folder);
  const child = startChild(holder, folder);
  const dead = (await child.nextLine()) ?? '';
  await child.kill();
  const fileOf = (owner: string) => join(folder, 'tmp', `${encodeURIComponent(owner)}.owner`);
  const sweep = () => {
    sweepLeftovers(join(folder, 'tmp'));
    return [living.name, dead].map((owner) => existsSync(fileOf(owner)));
  };
  expect(sweep()).toEqual([true, true]);
  for (const owner of [living.name, dead]) utimesSync(fileOf(owner), 0, 0);
  expect(sweep()).toEqual([true, false]);
  living.release();
});
