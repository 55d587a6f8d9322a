/** A sync that has finished, as an event: for a campaign or a job that waits for its data. */
import { mostBytes } from './batches.ts';
import { type BusEvent, busEventOf, detailTypes } from './event-bridge-events.ts';
import { shortened } from './text.ts';

/** One that has become final. */
export interface FinishedSync {
  /** Of the lake's table `syncs`. */
  readonly line: string;
  /** Null where the list of integrations has none. */
  readonly integrationName: string | null;
}

export interface FinishedSyncs {
  /** Never rejects. @returns lines of those that have arrived. */
  deliverFinished(
    workspace: string,
    syncs: readonly FinishedSync[],
    signal: AbortSignal,
  ): Promise<ReadonlySet<string>>;
}

/** A name is a person's own, and may be of any length; an event is not. */
const longestName = 200;

/**
 * Its row, with the workspace, which in the lake is the name of a folder, and the integration's name, which stands in
 * another table there. Integers keep all of their digits.
 */
export function finishedEventOf(workspace: string, { line, integrationName }: FinishedSync): BusEvent {
  const name = integrationName === null ? null : shortened(integrationName, longestName);
  const more = { workspace, integration_name: name };
  const event = busEventOf(line, detailTypes.finished, withMore(line, more));
  if (event.bytes <= mostBytes) return event;
  // What Braze sent is the only column without a limit; it stands in the lake.
  const short = `${line.slice(0, line.indexOf(',"raw":'))},"raw":null}`;
  return busEventOf(line, detailTypes.finished, withMore(short, more));
}

const withMore = (line: string, more: object): string =>
  line.replace(/^\{/, () => `${JSON.stringify(more).slice(0, -1)},`);
