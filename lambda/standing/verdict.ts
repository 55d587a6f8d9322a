/** How it is with what is told by the workspace's record: all integrations at once, or one whose own record can't. */
import type { Standing, Trouble } from './standing.ts';

export type Verdict = Pick<Standing, 'state' | 'reason' | 'troubles' | 'unknown'>;

const well = { state: 'healthy', troubles: [], unknown: [] } as const;

export const answersAgain: Verdict = { ...well, reason: 'Braze answers the exporter again.' };

export const noLongerKnown: Verdict = { ...well, state: 'gone', reason: 'It is no longer known.' };

/** What is open stays so. */
export const notKnown: Verdict = { ...well, reason: '', unknown: ['not_exported'] };

/** @param since in milliseconds. @param reason a sentence for a person. */
export function notExported(since: number, reason: string): Verdict {
  const trouble: Trouble = { kind: 'not_exported', trap: null, since, reason };
  return { ...notKnown, troubles: [trouble] };
}
