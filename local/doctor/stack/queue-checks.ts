import { type Check, failed, ok, warning } from '../../../lambda/doctor/check.ts';
import { plural } from '../../../lambda/standing/words.ts';
import { durationText } from '../../table/duration.ts';
import { setRight } from './set-right.ts';

export interface QueueSeen {
  readonly url: string;
  readonly messages: number;
  /** Age of the oldest in seconds; undefined: not known. */
  readonly oldest: number | undefined;
}

/** The queues, by the names of their checks. */
export const queues = {
  runs: {
    name: 'failed runs',
    hint: 'Each holds the error of a run: docs/runbook.md#alarm-runfailed says what to do.',
  },
  schedules: {
    name: 'failed schedules',
    hint: 'The attribute ERROR_MESSAGE of each says why a run was not started: docs/runbook.md#alarm-runnotstarted.',
  },
  reports: {
    name: 'failed reports',
    hint: 'Each says why a report was not written: docs/runbook.md#alarm-reportfailed says what to do.',
  },
} as const;

/** Messages stay for 14 days and hinder nothing, so that they are no failure. */
export function queueCheck(
  seen: QueueSeen | undefined,
  { name, hint }: (typeof queues)[keyof typeof queues],
): Check {
  if (!seen) {
    return failed(
      name,
      'the queue is gone, so that nobody learns what has failed',
      `A deployment of the same does not bring it back, but this does ${setRight}`,
    );
  }
  if (seen.messages === 0) return ok(name, 'none');
  const age = seen.oldest === undefined ? '' : `, the oldest for ${durationText(seen.oldest)}`;
  return warning(
    name,
    `${plural(seen.messages, 'message')} in the queue${age}`,
    `${hint} Once they are read: aws sqs purge-queue --queue-url ${seen.url}`,
  );
}
