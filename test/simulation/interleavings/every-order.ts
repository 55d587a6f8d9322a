/**
 * Two runs over one store, in every order of their calls. What comes after hangs only on what stands in the stores and
 * what each run was told: orders that come to the same there go on alike, so that each such state is visited once,
 * and the orders that lead through it are counted. Two calls that don't touch the same key come to the same in
 * either order, so most orders cost nothing. And where both runs see the same, each can be taken for the other: a
 * state and the one in which they have changed places are one.
 */
import { LostRace } from '../../../lambda/errors/lost-race.ts';
import { StoreFailure } from '../../../lambda/errors/store-failure.ts';
import type { MemoryStores, StoreCall, Told } from '../lab/live-run.ts';
import { MemoryCheckpointStore } from '../lab/memory-checkpoint-store.ts';
import { MemoryObjectStore } from '../lab/memory-object-store.ts';
import { contentOf } from '../lab/store-content.ts';
import type { Moment, RunTree } from './run-tree.ts';

export interface Checks {
  /**
   * What stands in the stores at some moment, each content once. Both runs may die right then; and what one of them
   * leaves that dies, while the other goes on, is a moment at which the other one has ended.
   */
  readonly atAnyMoment: (stores: MemoryStores) => Promise<void>;
  readonly atTheEnd: (stores: MemoryStores, runs: readonly [Moment, Moment]) => Promise<void>;
}

export interface Visited {
  /** From the first call to the last. */
  readonly orders: number;
  readonly states: number;
  /** Different contents of the stores. */
  readonly contents: number;
}

/** Three times what the largest of the stories has. */
const maxStates = 200_000;

/** Whether the answer of a write gets lost, and whether the write has happened. */
const allFates = ['answered', 'applied, then failed', 'not applied, but failed'] as const;
type Fate = (typeof allFates)[number];

/** The stores as one of the two sees them: it calls itself `one`, and the other `other`. */
interface View {
  readonly stores: MemoryStores;
  /** Tells the stores' content from all others. */
  readonly content: string;
}

interface State {
  readonly views: readonly [View, View];
  readonly runs: readonly [Moment, Moment];
  /** How many answers may still get lost. */
  readonly losses: number;
  /** The call that led here, and where it was made. */
  readonly made?: { readonly from: State; readonly call: string };
}

/**
 * @param begin nothing in it belongs to one of the two.
 * @param trees of runs that are called `one`; where both see the same, it is one tree, twice.
 * @param losses how many writes may lose their answer, at any point.
 * @throws what a check has thrown, with the order that led there.
 */
export async function visitEveryOrder(
  begin: MemoryStores,
  trees: readonly [RunTree, RunTree],
  losses: number,
  checks: Checks,
): Promise<Visited> {
  const nextOf = new Map<string, string[]>();
  const contents = new Set<string>();
  const beginning: View = { stores: begin, content: await contentOf(begin) };
  const first: State = {
    views: [beginning, beginning],
    runs: [await trees[0].begin(), await trees[1].begin()],
    losses,
  };
  const steps = new Steps(trees);
  const keyOf = trees[0] === trees[1] ? keyOfAlike : keyOfOrdered;
  const left = [first];
  for (let state = left.pop(); state; state = left.pop()) {
    const key = keyOf(state);
    if (nextOf.has(key)) continue;
    if (nextOf.size === maxStates) throw new Error(`More than ${maxStates} states: do the two ever end?`);
    try {
      const [{ stores, content }, { content: mirrored }] = state.views;
      if (!contents.has(content) && !contents.has(mirrored)) {
        await checks.atAnyMoment(stores);
        contents.add(content);
      }
      if (state.runs.every(({ result }) => result)) await checks.atTheEnd(stores, state.runs);
      const next = await steps.statesAfter(state);
      nextOf.set(key, next.map(keyOf));
      left.push(...next);
    } catch (error) {
      throw new Error(`${String(error)}\n${orderOf(state).join('\n')}`, { cause: error });
    }
  }
  return { orders: ordersFrom(keyOf(first), nextOf), states: nextOf.size, contents: contents.size };
}

/** What comes of a call; it hangs on nothing but the stores and the run that makes it. */
interface Step {
  /** Of the run that makes it, and of the other. */
  readonly own: View;
  readonly others: View;
  readonly run: Moment;
  readonly call: string;
  readonly fate: Fate;
}

/** Steps from a state, whoever makes them; each is made once. */
class Steps {
  readonly #trees: readonly [RunTree, RunTree];
  readonly #known = new Map<string, readonly Step[]>();

  constructor(trees: readonly [RunTree, RunTree]) {
    this.#trees = trees;
  }

  async statesAfter(state: State): Promise<State[]> {
    const states: State[] = [];
    for (const index of [0, 1] as const) {
      for (const { own, others, run, call, fate } of await this.#stepsOf(state, index)) {
        const runs: State['runs'] = index === 0 ? [run, state.runs[1]] : [state.runs[0], run];
        const views: State['views'] = index === 0 ? [own, others] : [others, own];
        const losses = state.losses - (fate === 'answered' ? 0 : 1);
        const told = `${index === 0 ? 'one' : 'other'}: ${call}${fate === 'answered' ? '' : ` (${fate})`}`;
        states.push({ views, runs, losses, made: { from: state, call: told } });
      }
    }
    return states;
  }

  async #stepsOf({ views, runs, losses }: State, index: 0 | 1): Promise<readonly Step[]> {
    const run = runs[index];
    const tree = this.#trees[index];
    const own = views[index];
    const others = views[1 - index] ?? own;
    const key = `${this.#trees.indexOf(tree)} ${own.content} ${run.id} ${losses > 0}`;
    const known = this.#known.get(key);
    if (known) return known;
    const steps: Step[] = [];
    for (const call of run.waiting) {
      const isWrite = call.name.startsWith('put');
      const fates: readonly Fate[] = isWrite && losses > 0 ? allFates : ['answered'];
      for (const fate of fates) {
        const after = isWrite ? copyOf(own.stores) : own.stores;
        const told = await tell(call, after, fate);
        const views = isWrite
          ? { own: await viewOf(after), others: await viewOf(mirrored(after)) }
          : { own, others };
        steps.push({ ...views, run: await tree.after(run, call, told), call: call.name, fate });
      }
    }
    this.#known.set(key, steps);
    return steps;
  }
}

const failed: Told = { error: new StoreFailure('The store did not answer in time.') };

export async function tell(call: StoreCall, stores: MemoryStores, fate: Fate): Promise<Told> {
  if (fate === 'not applied, but failed') return failed;
  try {
    const value = await call.perform(stores);
    return fate === 'answered' ? { value } : failed;
  } catch (error) {
    if (!(error instanceof LostRace)) throw error;
    return fate === 'answered' ? { error } : failed;
  }
}

export function copyOf({ objects, checkpoints }: MemoryStores): MemoryStores {
  const copy = { objects: new MemoryObjectStore(objects), checkpoints: new MemoryCheckpointStore() };
  copy.checkpoints.copyFrom(checkpoints);
  return copy;
}

/** The same, where the two have changed places. */
function mirrored({ objects, checkpoints }: MemoryStores): MemoryStores {
  const mirror = { objects, checkpoints: new MemoryCheckpointStore() };
  const exchange = (json: string) =>
    json.replace(/"owner":"(one|other)"/g, (_, name) => `"owner":"${name === 'one' ? 'other' : 'one'}"`);
  mirror.checkpoints.copyFrom(checkpoints, exchange);
  return mirror;
}

async function viewOf(stores: MemoryStores): Promise<View> {
  return { stores, content: await contentOf(stores) };
}

function keyOfOrdered(state: State): string {
  return `${sidesOf(state).join(' ')} ${state.losses}`;
}

function keyOfAlike(state: State): string {
  return `${sidesOf(state).sort().join(' ')} ${state.losses}`;
}

function sidesOf({ views, runs }: State): string[] {
  return [`${views[0].content} ${runs[0].id}`, `${views[1].content} ${runs[1].id}`];
}

function ordersFrom(
  state: string,
  nextOf: ReadonlyMap<string, readonly string[]>,
  known = new Map<string, number>(),
): number {
  const before = known.get(state);
  if (before !== undefined) return before;
  const next = nextOf.get(state) ?? [];
  const orders = next.reduce((sum, each) => sum + ordersFrom(each, nextOf, known), 0) || 1;
  known.set(state, orders);
  return orders;
}

function orderOf(state: State): string[] {
  const calls: string[] = [];
  for (let { made } = state; made; { made } = made.from) calls.unshift(made.call);
  return calls;
}
