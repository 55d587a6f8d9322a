/** What volume_anomalies looks at, a day a row of the table days. */

/** The days that are judged, and those before each that it is compared with. */
export const shownDays = 90;
export const comparedDays = 56;
/** A row of empty days is compared with what was before it: so much longer may it be. */
export const readDays = shownDays + comparedDays + 34;
/** Rows of a day that brought no data are none, and so are fewer than none. @param days the table, with its dot where it is named. */
export const rowsBrought = (days: string): string =>
  `CASE WHEN ${days}successes + ${days}partials = 0 OR ${days}rows_synced < 0 THEN 0 ELSE ${days}rows_synced END`;
