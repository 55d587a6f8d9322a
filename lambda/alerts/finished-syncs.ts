/** A sync that has finished, as an event: for a campaign or a job that waits for its data. */
import { mostBytes } from './batches.ts';
import { type BusEvent, busEventOf, detailTypes } from './event-bridge-events.ts';

export interface FinishedSyncs {
  /**
   * Never rejects.
   * @param lines of the lake's table `syncs`, one for each sync that has become final.
   * @returns those of them that have arrived.
   */
  deliverFinished(
    workspace: string,
    lines: readonly string[],
    signal: AbortSignal,
  ): Promise<ReadonlySet<string>>;
}

/** Its row, with the workspace, which in the lake is the name of a folder. Integers keep all of their digits. */
export function finishedEventOf(workspace: string, line: string): BusEvent {
  const event = busEventOf(line, detailTypes.finished, withWorkspace(workspace, line));
  if (event.bytes <= mostBytes) return event;
  // What Braze sent is the only column without a limit; it stands in the lake.
  const { raw: _, ...row } = JSON.parse(line);
  return busEventOf(
    line,
    detailTypes.finished,
    withWorkspace(workspace, JSON.stringify({ ...row, raw: null })),
  );
}

const withWorkspace = (workspace: string, line: string): string =>
  line.replace(/^\{/, () => `{"workspace":${JSON.stringify(workspace)},`);
