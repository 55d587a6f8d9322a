/** A length of time in its largest fitting unit, rounded: `22 days`. Never one of a unit: `36 hours`, not `1 day`. */
export function durationText(seconds: number): string {
  if (!Number.isFinite(seconds)) return String(seconds);
  const size = Math.abs(seconds);
  const [unit, length] = units.find(([, unitSeconds]) => size >= 2 * unitSeconds) ?? ['seconds', 1];
  const rounded = Math.round(seconds / length);
  return `${rounded} ${Math.abs(rounded) === 1 ? unit.slice(0, -1) : unit}`;
}

const units: readonly (readonly [string, number])[] = [
  ['days', 86_400],
  ['hours', 3600],
  ['minutes', 60],
];
