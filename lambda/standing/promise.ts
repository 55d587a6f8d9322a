/** What the list of integrations has promised, and whether it was kept: `next_scheduled_run`, which Braze overwrites. */
export interface PromiseFacts {
  /** The oldest promise after which no sync has started; null: there is none. */
  readonly pending: number | null;
  /** What became of the newest promises that were seen, oldest first: `k` kept, `m` missed. */
  readonly record: string;
  /** When it was last seen at rest or gone: before that nothing is held against it. */
  readonly restedAt: number | null;
}

export const newPromise = (): PromiseFacts => ({ pending: null, record: '', restedAt: null });
