/** Lengths of time in milliseconds, and UTC days. */
export const minuteMs = 60_000;
export const hourMs = 60 * minuteMs;
export const dayMs = 24 * hourMs;
export const weekMs = 7 * dayMs;

/** The UTC day, `YYYY-MM-DD`. */
export const dayAt = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

/** The number of the UTC day: quicker than its name, for many. */
export const dayNumber = (ms: number): number => Math.floor(ms / dayMs);

/** When a UTC day begins. */
export const startOfDay = (day: string): number => Date.parse(`${day}T00:00:00Z`);
