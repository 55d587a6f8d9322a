/** What became of an integration in this run, and what its record says of that: its condition and its failure. */
import type { IntegrationState } from '../checkpoint/integration-record.ts';

/** All but the first end its reading. */
type Became =
  | { readonly kind: 'pending' }
  /** It could not be read. */
  | { readonly kind: 'failed' }
  /** The status endpoint does not know it. What that means hangs on the list. */
  | { readonly kind: 'unknown' }
  /** The source no longer knows it. */
  | { readonly kind: 'gone' }
  /** Something stored that belongs to it can't be read: what this run has read of it is not kept. */
  | { readonly kind: 'held_back'; readonly why: string };

/** Sentences are for a person. */
export class Fate {
  readonly #state: Pick<IntegrationState, 'condition' | 'failure'>;
  #became: Became = { kind: 'pending' };

  constructor(state: Pick<IntegrationState, 'condition' | 'failure'>) {
    this.#state = state;
  }

  get kind(): Became['kind'] {
    return this.#became.kind;
  }

  /** Why it is held back; undefined where it is not. */
  get heldBackBy(): string | undefined {
    return this.#became.kind === 'held_back' ? this.#became.why : undefined;
  }

  fail(why: string): void {
    this.#become({ kind: 'failed' });
    this.#state.condition = 'failing';
    this.#state.failure = why;
  }

  /** It stays so, whatever is said of it later. */
  holdBack(why: string): void {
    this.fail(why);
    this.#became = { kind: 'held_back', why };
  }

  /** Nothing is said of it yet. */
  beUnknown(): void {
    this.#become({ kind: 'unknown' });
  }

  leave(): void {
    this.#become({ kind: 'gone' });
    this.#state.condition = 'gone';
    this.#state.failure = null;
  }

  /** The source knows it, whatever was known before. */
  return(): void {
    if (this.#state.condition === 'gone') this.#state.condition = 'present';
  }

  /** It was read as far as this run could. @param obstacle what keeps its history from being whole. */
  conclude({ fault, obstacle }: { readonly fault: string | null; readonly obstacle: string | null }): void {
    this.#state.condition = fault === null ? 'present' : 'failing';
    this.#state.failure = fault ?? obstacle;
  }

  /** To be said where nothing else is. */
  mention(sentence: string): void {
    this.#state.failure ??= sentence;
  }

  #become(became: Became): void {
    if (this.#became.kind !== 'held_back') this.#became = became;
  }
}
