/** What a run tells while it goes on, for a progress bar or a log. */
export type RunEvent =
  /** So many are to be exported, as far as is known yet: told again when the list has named more. */
  | { readonly kind: 'listed'; readonly integrations: number }
  | {
      readonly kind: 'page';
      readonly integrationId: string;
      readonly pages: number;
      readonly rows: number;
      /** Integrations with nothing left to read in this run. */
      readonly done: number;
      readonly total: number;
      /** The oldest start on the page, if it has one. */
      readonly oldest: string | undefined;
    }
  | { readonly kind: 'wait'; readonly why: 'limit' | 'retry'; readonly milliseconds: number }
  | { readonly kind: 'retry'; readonly reason: string }
  | { readonly kind: 'failed'; readonly integrationId: string | null; readonly message: string }
  /** Its history was held to be whole, and a row showed that it is not: it is read again. */
  | { readonly kind: 'contradiction'; readonly integrationId: string }
  | { readonly kind: 'commit'; readonly rows: number; readonly days: number };

export type ReportEvent = (event: RunEvent) => void;
