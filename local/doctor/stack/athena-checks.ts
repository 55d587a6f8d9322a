import { type Check, failed, ok, skipped, warning } from '../../../lambda/doctor/check.ts';

export interface QuestionSeen {
  readonly state: string;
  /** Athena's own words where it has failed. */
  readonly reason: string;
}

/** It reads an object of each workspace, a line an integration. */
export const cheapQuestion = (workspaces: readonly string[]): string =>
  `SELECT count(*) FROM standing WHERE workspace IN (${workspaces.map((name) => `'${name}'`).join(', ')})`;

export const noCatalog = skipped('question', 'the stack has no catalogue (catalog is false)');

const mostWords = 300;

export function questionCheck({ state, reason }: QuestionSeen): Check {
  if (state === 'SUCCEEDED') return ok('question', 'answered');
  if (state === 'QUEUED' || state === 'RUNNING') {
    return warning(
      'question',
      'it has had no answer for 30 seconds',
      'Athena is busy with other questions of this account: ask again.',
    );
  }
  const words = reason.replaceAll(/\s+/g, ' ').trim().slice(0, mostWords).replace(/\.$/, '');
  return failed(
    'question',
    `Athena does not answer it (${state})${words === '' ? '' : `: ${words}`}`,
    'Where a right is missing, see docs/bi.md#the-least-rights; where the bucket or a KMS key is closed, open it to you. ' +
      'A table of the catalogue that somebody has changed or removed comes back with catalog: false, a deployment, and ' +
      'another one without it.',
  );
}
