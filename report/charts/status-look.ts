/** How each status of a day looks: a colour, which the style sheet knows by its class, and a sign of its own. */
import type { DayStatus } from '../figures/day.ts';
import { html, type Markup } from '../markup/html.ts';

export interface StatusLook {
  readonly word: string;
  /** For whoever does not know Braze's words. */
  readonly meaning: string;
  /** A path from the middle of the square: the colour alone tells nothing to some people, nor on paper. */
  readonly sign?: string;
}

/** From the worst on; then the days without syncs. */
export const statusLooks: Readonly<Record<DayStatus, StatusLook>> = {
  config_error: { word: 'config error', meaning: 'a set-up was refused', sign: 'M0-3l2 3-2 3-2-3z' },
  error: { word: 'error', meaning: 'a sync brought nothing', sign: 'M-2-2l4 4m0-4l-4 4' },
  other: {
    word: 'other failure',
    meaning: 'ended with a status that Braze does not document',
    sign: 'M-2-2h4v4h-4z',
  },
  abandoned: { word: 'never ended', meaning: 'still open 7 days after its start', sign: 'M-3 0h6m-3-3v6' },
  partial: { word: 'partial', meaning: 'some rows were refused', sign: 'M0-2.4l2.4 4.2h-4.8z' },
  open: {
    word: 'running',
    meaning: 'not over yet when last looked',
    sign: 'M-2 0a2 2 0 1 0 4 0 2 2 0 1 0-4 0',
  },
  success: { word: 'success', meaning: 'every sync of the day' },
  no_sync: { word: 'no sync', meaning: 'nothing started; the day was read whole' },
  // Hatched by strokes: a pattern would look the same, but each use of one costs ten milliseconds to print.
  not_read: {
    word: 'not read yet',
    meaning: 'there may have been syncs',
    sign: 'M-5 0l5-5M-5 5l10-10M0 5l5-5',
  },
  before: { word: 'before its history', meaning: 'Braze tells of nothing so far back' },
};

export const statuses = Object.keys(statusLooks) as DayStatus[];

/** The signs, once for the whole page. */
export const signMarkers: readonly Markup[] = statuses.flatMap((status) => {
  const { sign } = statusLooks[status];
  if (!sign) return [];
  return [
    html`<marker id="sign-${status}" class="sign" markerUnits="userSpaceOnUse" markerWidth="12" markerHeight="12" overflow="visible"><path d="${sign}"/></marker>`,
  ];
});
