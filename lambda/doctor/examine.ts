/**
 * The doctor: whether the set-up is sound, and how the API answers this workspace. It asks little, writes nothing, and
 * says nothing that is the customer's. A check that breaks is a finding.
 */
import type { Transport } from '../braze/transport.ts';
import { RateLimiter } from '../rate-limit/rate-limiter.ts';
import type { Clock } from '../time/clock.ts';
import {
  acceptedCheck,
  allowlistCheck,
  askedForStatus,
  permissionCheck,
  permissions,
} from './access-checks.ts';
import { type Asked, Asking } from './asking.ts';
import {
  broken,
  type Category,
  type Check,
  type Diagnosis,
  failed,
  hasFailed,
  ok,
  skipped,
} from './check.ts';
import { clockCheck, connectionChecks } from './connection-checks.ts';
import { endpointChecks } from './endpoint-checks.ts';
import { type Facts, factsOf } from './facts.ts';
import { historyChecks } from './history-checks.ts';
import { instanceChecks, integrationChecks, listed } from './integration-checks.ts';
import { type Limits, limitChecks } from './limit-checks.ts';
import { pagingChecks } from './paging-checks.ts';
import { rowChecks } from './row-checks.ts';
import { look, type Sightings } from './sightings.ts';

export interface ExamineOptions {
  /** As it was written. */
  readonly endpoint: string;
  /** Or what is wrong with it, as a sentence that does not repeat it. */
  readonly key: { readonly key: string } | { readonly fault: string };
  /** @default those that the list names */
  readonly integrations?: readonly string[] | undefined;
  /** Requests a minute that the exporter may send. */
  readonly limits: Limits;
}

export interface ExaminePorts {
  readonly openTransport: (endpoint: URL, key: string) => Transport;
  readonly clock: Clock;
  /** From 0 to 1. */
  readonly random: () => number;
}

export interface Examination {
  readonly diagnosis: Diagnosis;
  /** Undefined: nobody could be asked. */
  readonly facts: Facts | undefined;
}

/** Categories in their order, and what each of them needs. */
const order: readonly { readonly name: string; readonly needs: readonly string[] }[] = [
  { name: 'endpoint', needs: [] },
  { name: 'key', needs: ['endpoint'] },
  { name: 'connection', needs: ['endpoint', 'key form'] },
  { name: 'permissions', needs: ['connection', 'key'] },
  { name: 'allowlist', needs: ['connection', 'key'] },
  { name: 'instance', needs: ['connection', 'key', 'permissions', 'allowlist'] },
  { name: 'integrations', needs: ['connection', 'key', 'permissions', 'allowlist'] },
  { name: 'paging', needs: ['connection', 'key', 'permissions', 'allowlist', 'integrations'] },
  { name: 'rows', needs: ['connection', 'key', 'permissions', 'allowlist', 'integrations'] },
  { name: 'limits', needs: ['connection', 'key'] },
  { name: 'history', needs: ['connection', 'key', 'permissions', 'allowlist', 'integrations', 'rows'] },
];

/** By this much the clocks may differ: an answer under way, and what a virtual machine loses in its sleep. */
const clockToleranceMs = 5 * 60_000;

export async function examine(options: ExamineOptions, ports: ExaminePorts): Promise<Examination> {
  const { endpoint, key } = options;
  const endpointFound = endpointChecks(endpoint);
  const url = URL.parse(endpoint);
  const isUsable = !hasFailed(endpointFound) && url !== null;
  if (!isUsable || 'fault' in key) {
    const keyFound = 'fault' in key ? [keyForm(key)] : undefined;
    return {
      diagnosis: inOrder({ endpoint: endpointFound, ...(keyFound ? { key: keyFound } : {}) }),
      facts: undefined,
    };
  }
  const { clock, random } = ports;
  const now = clock.now();
  const asking = new Asking(
    ports.openTransport(url, key.key),
    clock,
    {
      list: new RateLimiter(options.limits.list, now),
      status: new RateLimiter(options.limits.status, now),
    },
    random,
  );
  try {
    const sightings = await look(asking, options.integrations);
    return {
      diagnosis: inOrder({ endpoint: endpointFound, ...judged(sightings, asking, options) }),
      facts: factsOf(sightings, asking.refusals, url.origin),
    };
  } catch (error) {
    const connection = [broken('answer', error)];
    return { diagnosis: inOrder({ endpoint: endpointFound, connection }), facts: undefined };
  }
}

function judged(
  sightings: Sightings,
  asking: Asking,
  { integrations, limits }: ExamineOptions,
): Readonly<Record<string, readonly Check[]>> {
  const isNamed = integrations !== undefined;
  const forStatus = askedForStatus(sightings.stranger, sightings.heads);
  const all: readonly Asked[] = [...sightings.list, ...forStatus];
  // A 429 tells nothing of the way, and may be of one endpoint alone.
  const first = all.find(({ kind }) => kind === 'answered' || kind === 'in_vain') ?? sightings.stranger;
  const count = integrations?.length ?? listed(sightings).length;
  return {
    key: careful('key', () => [ok('form', 'it can be one'), acceptedCheck(all)]),
    connection: careful('connection', () => [
      ...connectionChecks(first, asking),
      clockCheck(first, clockToleranceMs),
    ]),
    permissions: careful('permissions', () => [
      permissionCheck(permissions.list, sightings.list),
      permissionCheck(permissions.status, forStatus),
    ]),
    allowlist: careful('allowlist', () => [allowlistCheck(all)]),
    instance: careful('instance', () => instanceChecks(sightings)),
    integrations: careful('integrations', () => integrationChecks(sightings, isNamed)),
    paging: careful('paging', () => pagingChecks(sightings)),
    rows: careful('rows', () => rowChecks(sightings)),
    limits: careful('limits', () => limitChecks(sightings, asking.refusals, limits)),
    history: careful('history', () => historyChecks(sightings, count, limits.status)),
  };
}

const keyForm = ({ fault }: { readonly fault: string }): Check => failed('form', 'it can not be one', fault);

function careful(name: string, check: () => readonly Check[]): readonly Check[] {
  try {
    return check();
  } catch (error) {
    return [broken(name, error)];
  }
}

/** A category that needs one that has failed is not judged. */
function inOrder(found: Readonly<Record<string, readonly Check[]>>): Diagnosis {
  const failures = new Set<string>();
  const categories: Category[] = [];
  for (const { name, needs } of order) {
    const missing = needs.find((each) => failures.has(each));
    const checks = (missing === undefined ? found[name] : undefined) ?? [
      skipped(name, missing ? `${missing} comes first` : 'not looked at'),
    ];
    if (hasFailed(checks)) failures.add(name);
    if (checks.some((each) => name === 'key' && each.name === 'form' && each.result === 'failed'))
      failures.add('key form');
    categories.push({ name, checks });
  }
  return { categories };
}

export const isSound = ({ categories }: Diagnosis): boolean =>
  !categories.some(({ checks }) => hasFailed(checks));
