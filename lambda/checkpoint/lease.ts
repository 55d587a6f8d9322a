/**
 * The workspace's record: who may run, what the runs before have used of the rate limits, and what is known of
 * the workspace as a whole.
 *
 * A lease is a record that only one run can have written last: every write is conditional on the version
 * that the writer has read. It runs out by itself, so that a run that was killed does not bar the next for
 * long, and is renewed before that while its run goes on. It saves the work of a second run; correctness does
 * not hang on it, since every other write is conditional too.
 */

import * as z from 'zod';
import { LostRace } from '../errors/lost-race.ts';
import type { RateLimiter, RequestCounts } from '../rate-limit/rate-limiter.ts';
import { Turns } from '../time/turns.ts';
import type { CheckpointRecord, CheckpointStore } from './checkpoint-store.ts';
import { readFormat } from './format.ts';
import {
  factsData,
  factsFields,
  newWorkspaceFacts,
  readFacts,
  type WorkspaceFacts,
} from './workspace-facts.ts';
import { writeRecord } from './write-record.ts';

export const workspaceItem = 'workspace';
/**
 * 2: with the source and the place in the list. 3: with `lake_ahead`. 4: with `held_back` and what follows it, and
 * with `months_behind` and `changes_ahead`.
 */
export const workspaceFormat = 4;

/** Long enough for the longest wait, request and commit between two renewals. */
const lifetimeMs = 4 * 60_000;
const renewBeforeMs = 2 * 60_000;
/** No run lives for longer on AWS, and what it has sent arrives at most a little later. */
const longestRunMs = 16 * 60_000;
/** So long after a request was sent it may still count: 30 seconds until its answer, and the limit's window. */
const countsForMs = 90_000;
/** Of a run that never gave its lease back nobody knows what it has sent: no limit is higher. */
const asManyAsThereMayBe = 1_000_000;

const counts = z.record(z.string().regex(/^\d+$/), z.number().int().nonnegative());

const schema = z
  .object({
    format: z.literal([1, 2, 3, workspaceFormat]),
    lease: z
      .object({ owner: z.string(), until: z.iso.datetime().transform((text) => Date.parse(text)) })
      .strict()
      .nullable(),
    requests: z.object({ list: counts, status: counts }).strict(),
    ...factsFields,
  })
  .strict();

export type RateLimiters = { readonly list: RateLimiter; readonly status: RateLimiter };
export type LimiterCounts = { readonly list: RequestCounts; readonly status: RequestCounts };

export class Lease {
  readonly #store: CheckpointStore;
  readonly #workspace: string;
  readonly #owner: string;
  #version: number;
  #until: number;
  /** Each write is conditional on the one before: two at once, and this run would lose the race against itself. */
  readonly #turns = new Turns();
  /** What the runs before have used of the limits. */
  readonly earlier: LimiterCounts;
  /** Written with the lease: what is changed here is kept from the next write on. */
  readonly facts: WorkspaceFacts;
  /** What the runs before have left: see {@link WorkspaceFacts.isLakeAhead}. */
  readonly foundLakeAhead: boolean;

  private constructor(
    store: CheckpointStore,
    workspace: string,
    owner: string,
    version: number,
    until: number,
    earlier: LimiterCounts,
    facts: WorkspaceFacts,
  ) {
    this.#store = store;
    this.#workspace = workspace;
    this.#owner = owner;
    this.#version = version;
    this.#until = until;
    this.earlier = earlier;
    this.foundLakeAhead = facts.isLakeAhead;
    this.facts = facts;
    facts.isLakeAhead = true;
  }

  /** Takes the lease, or gives undefined where another run holds it. @throws {Damaged} */
  static async take(
    store: CheckpointStore,
    workspace: string,
    owner: string,
    now: number,
  ): Promise<Lease | undefined> {
    const record = await store.get(workspace, workspaceItem);
    const known = record && readFormat(schema, workspaceFormat, record);
    const held = known?.lease;
    // A lease that runs for longer than any is given was written under a wrong clock.
    const runs = held && held.until > now && held.until <= now + 2 * lifetimeMs;
    if (held && runs && held.owner !== owner && !store.ownerIsDead(held.owner)) return undefined;
    const counted = known?.requests ?? { list: {}, status: {} };
    const earlier = held ? withUncounted(counted, held.until, now) : counted;
    const facts = known ? readFacts(known) : newWorkspaceFacts();
    // One whose owner is dead as well: a folder on a network has more machines than this one.
    const overtaken = held && held.owner !== owner ? held : null;
    facts.overtakenUntil = overtakenUntil(facts.overtakenUntil, overtaken, now);
    const version = record?.version ?? 0;
    const until = now + lifetimeMs;
    const lease = new Lease(store, workspace, owner, version, until, earlier, facts);
    try {
      await lease.#write({ owner, until }, earlier);
    } catch (error) {
      if (error instanceof LostRace) return undefined;
      throw error;
    }
    return lease;
  }

  /** Renews the lease if it is due. @throws {LostRace} another run has taken it over. */
  async keep(now: number, used: LimiterCounts): Promise<void> {
    const isDue = () => this.#until - now < renewBeforeMs;
    if (!isDue()) return;
    await this.#turns.take(async () => {
      if (isDue()) await this.#renew(now, used);
    });
  }

  /** @throws {LostRace} another run has taken it over. */
  async renew(now: number, used: LimiterCounts): Promise<void> {
    await this.#turns.take(() => this.#renew(now, used));
  }

  async giveBack(used: LimiterCounts): Promise<void> {
    await this.#turns.take(() => this.#write(null, used));
  }

  async #renew(now: number, used: LimiterCounts): Promise<void> {
    await this.#write({ owner: this.#owner, until: now + lifetimeMs }, used);
    this.#until = now + lifetimeMs;
  }

  async #write(held: { owner: string; until: number } | null, requests: LimiterCounts): Promise<void> {
    const lease = held && { ...held, until: new Date(held.until).toISOString() };
    const data = { format: workspaceFormat, lease, requests, ...factsData(this.facts) };
    const record: CheckpointRecord = { item: workspaceItem, version: this.#version + 1, data };
    await writeRecord(this.#store, this.#workspace, record, this.#version || undefined);
    this.#version += 1;
  }
}

/**
 * Until when a run may still be at work that has lost its lease: it was alive when it wrote the lease last.
 * @param before as the runs before knew it. @param overtaken its lease. Both may be of a wrong clock.
 */
function overtakenUntil(
  before: number | null,
  overtaken: { readonly until: number } | null,
  now: number,
): number | null {
  const until = Math.max(before ?? 0, overtaken ? overtaken.until - lifetimeMs + longestRunMs : 0);
  return until <= now ? null : Math.min(until, now + longestRunMs);
}

/**
 * What earlier runs have used of the limits, where the last of them was killed: a run that ends gives its lease back
 * and writes down all its requests, and one that was killed did not write down those since it last wrote the lease.
 * Nobody knows how many they are, so the limit is taken to be used up for as long as the last of them may count.
 * A run sends nothing once its lease has less than `renewBeforeMs` left, it renews it first: so none was sent later.
 */
function withUncounted(counted: LimiterCounts, leaseUntil: number, now: number): LimiterCounts {
  const countUntil = leaseUntil - renewBeforeMs + countsForMs;
  if (countUntil <= now) return counted;
  const uncounted = { [Math.ceil(countUntil / 1000)]: asManyAsThereMayBe };
  return { list: { ...counted.list, ...uncounted }, status: { ...counted.status, ...uncounted } };
}
