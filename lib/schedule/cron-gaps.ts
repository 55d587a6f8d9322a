/** How far apart the runs of a cron expression are. */
import cronParser from 'aws-cron-parser';

type Cron = ReturnType<typeof cronParser.parse>;

/** Not today: two syntheses of one commit must be alike. Five years hold a leap day and every kind of month. */
const start = Date.UTC(2024, 0);
const horizon = 5 * 366 * 86_400_000;

/**
 * The first run after that moment, or null.
 *
 * The parser takes a 30 February for the 2 March, and throws where it finds nothing for some months. Only what it
 * finds in the very month that it was asked about is right: otherwise it is asked again, from the next month on. It ends at
 * the year 2199, which is the last that AWS knows.
 */
export function nextRun(cron: Cron, after: Date): Date | null {
  let from = after;
  for (;;) {
    let found: Date | null;
    try {
      found = cronParser.next(cron, from);
    } catch {
      from = beforeMonth(new Date(from.getTime() + 1), 1);
      continue;
    }
    if (!found || beforeMonth(found) <= from) return found;
    from = beforeMonth(found);
  }
}

/** The last moment before the month of that date, or before one that many months later. */
const beforeMonth = (date: Date, later = 0): Date =>
  new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + later) - 1);

/** In seconds. The times of a day are the same on every day that has any, so that it is enough to walk the days. */
export function gapsOf(cron: Cron): { shortest: number; longest: number } {
  const times = cron.hours.flatMap((hour) =>
    cron.minutes.map((minute) => Number(hour) * 60 + Number(minute)),
  );
  const gaps = times.slice(1).map((time, index) => (time - (times[index] ?? 0)) * 60);
  const lastOfDay = Math.max(...times) * 60_000;

  let day = nextRun(cron, new Date(start - 1));
  const end = (day?.getTime() ?? 0) + horizon;
  while (day && day.getTime() < end) {
    const last: number = Math.floor(day.getTime() / 86_400_000) * 86_400_000 + lastOfDay;
    day = nextRun(cron, new Date(last));
    if (day) gaps.push((day.getTime() - last) / 1000);
  }
  return gaps.length === 0
    ? { shortest: Infinity, longest: Infinity }
    : { shortest: Math.min(...gaps), longest: Math.max(...gaps) };
}
