/** Trino's protocol: a statement is posted, and its answer comes in pieces, each of which names the next. */

import { setTimeout as after } from 'node:timers/promises';
import { QueryFailure } from './query-failure.ts';

export interface QueryOptions {
  /** @default 'awsdatacatalog' */
  readonly catalog?: string;
  /** The database in which names without one are looked up. */
  readonly schema?: string;
  readonly signal?: AbortSignal;
}

export interface QueryResult {
  /** Types as Trino names them: `varchar`, `timestamp(3)`. */
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  /** Integers that a number can't hold are bigints; timestamps and decimals are text. */
  readonly rows: readonly (readonly unknown[])[];
  readonly statistics: {
    readonly elapsedMilliseconds: number;
    /** Read from the object store. */
    readonly physicalInputBytes: number;
  };
}

interface Piece {
  readonly nextUri?: string;
  readonly columns?: QueryResult['columns'];
  readonly data?: readonly (readonly unknown[])[];
  readonly error?: { readonly message: string; readonly errorName: string };
  readonly stats: { readonly elapsedTimeMillis: number; readonly physicalInputBytes: number };
}

/** @throws {QueryFailure} */
export async function query(endpoint: string, sql: string, options: QueryOptions = {}): Promise<QueryResult> {
  const { catalog = 'awsdatacatalog', schema, signal = null } = options;
  let piece = await send(`${endpoint}/v1/statement`, {
    method: 'POST',
    body: sql,
    headers: {
      'x-trino-user': 'local',
      'x-trino-catalog': catalog,
      'x-trino-time-zone': 'UTC',
      // Without it, types are told without their precision.
      'x-trino-client-capabilities': 'PARAMETRIC_DATETIME',
      ...(schema === undefined ? {} : { 'x-trino-schema': schema }),
    },
    signal,
  });
  let columns: QueryResult['columns'] = [];
  const rows: (readonly unknown[])[] = [];
  for (;;) {
    columns = piece.columns?.map(({ name, type }) => ({ name, type })) ?? columns;
    rows.push(...(piece.data ?? []));
    if (piece.error) throw new QueryFailure(piece.error.message, piece.error.errorName);
    if (!piece.nextUri) break;
    piece = await send(piece.nextUri, { signal });
  }
  const { elapsedTimeMillis: elapsedMilliseconds, physicalInputBytes } = piece.stats;
  return { columns, rows, statistics: { elapsedMilliseconds, physicalInputBytes } };
}

async function send(url: string, init: RequestInit): Promise<Piece> {
  for (;;) {
    const response = await fetch(url, init);
    const text = await response.text();
    if (response.ok) return JSON.parse(text, exactly);
    // The protocol says: these three are to be tried again soon.
    if (![502, 503, 504].includes(response.status))
      throw new QueryFailure(`Trino answered ${response.status}: ${text}`, `HTTP_${response.status}`);
    await after(75, undefined, init.signal ? { signal: init.signal } : {});
  }
}

/** `JSON.parse` would round a bigint past 2^53. */
function exactly(_key: string, value: unknown, context?: { source?: string }): unknown {
  if (typeof value !== 'number' || Number.isSafeInteger(value)) return value;
  return /^-?\d+$/.test(context?.source ?? '') ? BigInt(context?.source ?? '') : value;
}
