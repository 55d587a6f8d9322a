import type { Alert } from '../alerts/alert.ts';

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
      /** The newest and the oldest start on the page, if it has one: UTC, without a zone. */
      readonly newest: string | undefined;
      readonly oldest: string | undefined;
      /** Nothing is left to read of this integration in this run. */
      readonly isLast: boolean;
    }
  | { readonly kind: 'wait'; readonly why: 'limit' | 'retry'; readonly milliseconds: number }
  | { readonly kind: 'retry'; readonly reason: string }
  | { readonly kind: 'failed'; readonly integrationId: string; readonly message: string }
  /** Rows turned up where none was missing: what lies below them is read again. */
  | { readonly kind: 'late'; readonly integrationId: string; readonly rows: number }
  /** Two rows of the lake, from before starts were compared by their digits, are one sync's; both are left there. */
  | {
      readonly kind: 'pair';
      readonly integrationId: string;
      readonly starts: readonly [string, string];
    }
  /** There are syncs that the tables don't show. Both are UTC days. */
  | { readonly kind: 'hidden'; readonly oldest: string; readonly firstDay: string }
  /** An incident was raised or resolved, whether or not somebody could be told of it. */
  | { readonly kind: 'incident'; readonly alert: Alert }
  | { readonly kind: 'commit'; readonly rows: number; readonly days: number };

export type ReportEvent = (event: RunEvent) => void;

export function hiddenSentence({
  oldest,
  firstDay,
}: {
  readonly oldest: string;
  readonly firstDay: string;
}): string {
  return (
    `There are syncs from ${oldest} on, and the tables in Athena begin with ${firstDay}: the older ones are in the ` +
    `bucket, and no query finds them. Set firstDay in cdk.json to ${oldest} or before, and deploy.`
  );
}

/** Said once a run: whoever has one pair has many. */
export function pairSentence({
  integrationId,
  starts,
}: {
  readonly integrationId: string;
  readonly starts: readonly [string, string];
}): string {
  return (
    `One sync stands twice in the lake, as an earlier version of this program wrote it: integration ${integrationId}, ` +
    `starts ${starts[0]}Z and ${starts[1]}Z. Both rows are left as they are; there may be more of them.`
  );
}
