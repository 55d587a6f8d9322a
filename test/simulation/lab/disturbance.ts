/** What can go wrong at an external call: the process dies, or a store says that it failed. */

import type { AlertSink } from '../../../lambda/alerts/alert.ts';
import type { AlertPorts } from '../../../lambda/alerts/alert-ports.ts';
import type { Transport } from '../../../lambda/braze/transport.ts';
import type { CheckpointStore } from '../../../lambda/checkpoint/checkpoint-store.ts';
import { StoreFailure } from '../../../lambda/errors/store-failure.ts';
import type { ObjectStore } from '../../../lambda/objects/object-store.ts';
import type { Clock } from '../../../lambda/time/clock.ts';

/** The process is no more: every call after it throws it again. */
export class Crash extends Error {
  override readonly name = 'Crash';
}

export interface Disturbance {
  /** The call, counted from 1, at which it happens. */
  readonly call: number;
  /** Whether the call had its effect before it failed. */
  readonly applied: boolean;
  /** A crash ends the process; a failure ends the call, and only stores have it. */
  readonly kind: 'crash' | 'failure';
}

export interface Ports {
  readonly transport: Transport;
  readonly objects: ObjectStore;
  readonly checkpoints: CheckpointStore;
  readonly clock: Clock;
}

export type Operation = 'request' | 'read' | 'write' | 'delivery';

/** Counts the external calls of a process and disturbs some of them. */
export class Process {
  calls = 0;
  /** What was disturbed last. */
  disturbed: Operation | undefined;
  dead = false;
  /** Told right before a call has its effect, and right after. */
  watch: (moment: 'before' | 'after', operation: Operation) => void = () => {};
  readonly #disturbances: readonly Disturbance[];
  readonly #turn: () => Promise<void>;

  /** @param turn awaited before each call: where two processes run at once, it decides who is next. */
  constructor(disturbances: readonly Disturbance[] = [], turn: () => Promise<void> = async () => {}) {
    this.#disturbances = disturbances;
    this.#turn = turn;
  }

  wrap({ transport, objects, checkpoints, clock }: Ports): Ports {
    return {
      transport: (request) => this.#call('request', () => transport(request)),
      objects: {
        get: (key) => this.#call('read', () => objects.get(key)),
        put: (key, body, expected) => this.#call('write', () => objects.put(key, body, expected)),
      },
      checkpoints: {
        list: (workspace) => this.#call('read', () => checkpoints.list(workspace)),
        get: (workspace, item) => this.#call('read', () => checkpoints.get(workspace, item)),
        put: (workspace, record, expected) =>
          this.#call('write', () => checkpoints.put(workspace, record, expected)),
        ownerIsDead: (owner) => checkpoints.ownerIsDead(owner),
      },
      clock: { now: () => clock.now(), sleep: (...args) => clock.sleep(...args) },
    };
  }

  /** A receiver that fails takes nothing, or loses its answer: it never rejects. */
  wrapAlerts(alerts: AlertPorts): AlertPorts {
    const sinks = alerts.sinks.map((sink) => ({
      name: sink.name,
      deliver: async (...given: Parameters<AlertSink['deliver']>) => {
        try {
          return await this.#call('delivery', () => sink.deliver(...given));
        } catch (error) {
          if (error instanceof StoreFailure) return new Set<string>();
          throw error;
        }
      },
    }));
    return { ...alerts, sinks };
  }

  async #call<T>(operation: Operation, work: () => Promise<T>): Promise<T> {
    await this.#turn();
    if (this.dead) throw new Crash();
    this.calls += 1;
    const disturbance = this.#disturbances.find(({ call }) => call === this.calls);
    if (!disturbance || (disturbance.kind === 'failure' && operation === 'request')) {
      this.watch('before', operation);
      const result = await work();
      this.watch('after', operation);
      return result;
    }
    this.disturbed = operation;
    if (disturbance.applied) await work();
    if (disturbance.kind === 'failure') throw new StoreFailure('The store did not answer in time.');
    this.dead = true;
    throw new Crash();
  }
}
