/**
 * Whether what is not read yet of an integration is about to be lost. The exporter knows, and raises the incident
 * `gap_at_risk`; the lake has the ids of open incidents (`standing.incidents`), and not their kinds. So a page infers it.
 *
 * The rule: an incident is open, and history is missing, and
 * - it is missing from before so long ago that Braze may soon not have it any more, as the exporter judges; or
 * - of several stretches that are missing, no state of the integration explains that an incident is open.
 *
 * Its limits, each on the side of telling too much, or too late:
 * - the first is also so where the open incident is another one, such as `failed`, and the exporter still waits a day to
 *   see whether reading goes on: the page may tell of it up to a day before an alert does;
 * - with several stretches missing the lake has the end of the newest alone, and an older one may be at risk: where the
 *   state already explains the incident, the page does not see it before that is over, though an alert has told it;
 * - the second is also so while another incident is held open, as `late` may be, though the state has changed its mind;
 * - an incident that is muted is open all the same, and so shown.
 */
import { safeDays } from '../../lambda/standing/gap-at-risk.ts';

/** A condition on the columns of `standing` and `completeness`. @param now as SQL. */
export const gapAtRisk = (now: string): string => `coalesce(
    incidents IS NOT NULL AND gaps > 0 AND state <> 'gone' AND (
      trusted_from <= ${now} - INTERVAL '${safeDays}' DAY
      OR (gaps > 1 AND state IN ('healthy', 'resting', 'new', 'paused'))
    ),
    false
  )`;
