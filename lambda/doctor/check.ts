/** What the doctor finds. Nothing in it is of the customer: no key, id, name or host, in no sentence. */

export type Result = 'ok' | 'warning' | 'failed' | 'skipped';

export interface Check {
  readonly name: string;
  readonly result: Result;
  /** What was seen, as the rest of a line. */
  readonly seen: string;
  /** A sentence that mends it; empty where there is nothing to mend. */
  readonly hint: string;
}

export interface Category {
  readonly name: string;
  readonly checks: readonly Check[];
}

/** What `--json` prints, and what the function returns. */
export interface Diagnosis {
  readonly categories: readonly Category[];
}

export const ok = (name: string, seen: string): Check => ({ name, result: 'ok', seen, hint: '' });

export const warning = (name: string, seen: string, hint: string): Check => ({
  name,
  result: 'warning',
  seen,
  hint,
});

export const failed = (name: string, seen: string, hint: string): Check => ({
  name,
  result: 'failed',
  seen,
  hint,
});

/** That it was not looked at is no failure. @param hint what would let it be seen; empty: what it needs has failed. */
export const skipped = (name: string, seen: string, hint = ''): Check => ({
  name,
  result: 'skipped',
  seen,
  hint,
});

export const hasFailed = (checks: readonly Check[]): boolean =>
  checks.some(({ result }) => result === 'failed');

/** A check that breaks is a finding; what it has stumbled over may be the customer's, and is not repeated. */
export function broken(name: string, error: unknown): Check {
  const kind = error instanceof Error ? error.name : typeof error;
  return failed(name, `the check itself broke (${kind})`, 'That is a fault of this program: report it.');
}
