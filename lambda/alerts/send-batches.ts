/** Hands entries to a service that takes them in batches and answers for each of them. */
import { awsFailure } from '../aws/aws-failure.ts';
import { batchesOf } from './batches.ts';

export interface Entry {
  readonly key: string;
  readonly bytes: number;
}

/** @returns the reason for each entry that was not taken, by its place. @throws when the call as a whole has failed. */
export type SendBatch<T extends Entry> = (
  batch: readonly T[],
  signal: AbortSignal,
) => Promise<ReadonlyMap<number, string>>;

/** A sentence about what has not arrived, for the log. */
export type TellFault = (sentence: string) => void;

export interface SendOptions {
  /** What the service is called in sentences. */
  readonly place: string;
  readonly signal: AbortSignal;
  readonly tell: TellFault;
}

/** The call is refused for what is in it, so that another batch may be taken. */
const refusedForContent = /Validation|InvalidParameter|InvalidBatch|TooLong|TooLarge|EntriesInBatch/;

/**
 * A batch that is refused for its content is sent again entry by entry: one that AWS does not take must not hold back
 * the others. Where AWS itself can't be had, the rest is left for the next run. Never rejects.
 *
 * @returns keys of those that have arrived. Of a call that broke off it is not known; they are sent again.
 */
export async function sendBatches<T extends Entry>(
  entries: readonly T[],
  send: SendBatch<T>,
  { place, signal, tell }: SendOptions,
): Promise<Set<string>> {
  const arrived = new Set<string>();
  const reasons = new Set<string>();
  const waiting = batchesOf(distinct(entries), ({ bytes }) => bytes);
  for (let batch = waiting.shift(); batch && !signal.aborted; batch = waiting.shift()) {
    try {
      const refused = await send(batch, signal);
      for (const [index, { key }] of batch.entries()) if (!refused.has(index)) arrived.add(key);
      for (const reason of refused.values()) reasons.add(reason);
    } catch (error) {
      if (!isRefusedForContent(error)) {
        reasons.add(wordsOf(place, error));
        break;
      }
      if (batch.length > 1) waiting.unshift(...batch.map((entry) => [entry]));
      else reasons.add(wordsOf(place, error));
    }
  }
  const all = new Set(entries.map(({ key }) => key)).size;
  if (arrived.size < all) tell(`${all - arrived.size} of ${all} have not arrived. ${because(reasons)}`);
  return arrived;
}

const isRefusedForContent = (error: unknown): boolean =>
  error instanceof Error && refusedForContent.test(error.name);

function wordsOf(place: string, error: unknown): string {
  const failure = awsFailure(place, error);
  return failure instanceof Error ? failure.message : String(failure);
}

/** The log needs no more than a few. */
const because = (reasons: ReadonlySet<string>): string =>
  reasons.size === 0 ? 'There was no time left.' : [...reasons].slice(0, 3).join(' ');

/** A call must not hold the same one twice. */
function distinct<T extends Entry>(entries: readonly T[]): T[] {
  return [...new Map(entries.map((entry) => [entry.key, entry])).values()];
}
