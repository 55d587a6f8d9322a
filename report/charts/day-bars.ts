/** A bar a day, all in one path: a year of rectangles would be twenty times as long. */
import type { RenderFunction } from '@observablehq/plot';

export interface Bar {
  readonly date: Date;
  readonly from: number;
  readonly to: number;
}

/** In pixels: a week's days are no doors. */
const widest = 26;

/** @param share of a day's width. */
export function dayBars(bars: readonly Bar[], className: string, share: number): RenderFunction {
  return onePath(className, (scale) => ({
    width: Math.min(widest, Math.max(0.6, scale.day * share)),
    commands: bars.map(({ date, from, to }) => {
      const [low, high] = [scale.y(from), scale.y(to)];
      // A day that brought anything is seen, however little it was.
      const end = to > from ? Math.min(high, low - 0.7) : high;
      return `M${tenth(scale.middle(date))},${Math.round(low)}V${end > low - 2 ? tenth(end) : Math.round(end)}`;
    }),
  }));
}

/** A round point a day: a line without length, with round ends. */
export function dayPoints(
  points: readonly { readonly date: Date; readonly at: number }[],
  className: string,
  share: number,
): RenderFunction {
  return onePath(className, (scale) => ({
    // Seen where days are narrow, and no blot where they are wide.
    width: Math.min(10, 3 + scale.day) * share * 1.4,
    commands: points.map(({ date, at }) => `M${tenth(scale.middle(date))},${tenth(scale.y(at))}h0`),
  }));
}

interface DayScale {
  /** The width of a day. */
  readonly day: number;
  middle(date: Date): number;
  y(value: number): number;
}

function onePath(
  className: string,
  draw: (scale: DayScale) => { readonly width: number; readonly commands: readonly string[] },
): RenderFunction {
  return (_index, { x, y }, _values, _dimensions, { document }) => {
    if (!x || !y) return null;
    const day = x(new Date(dayMs)) - x(new Date(0));
    const { width, commands } = draw({ day, middle: (date) => x(date) + day / 2, y });
    const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
    path.setAttribute('class', className);
    path.setAttribute('d', commands.join(''));
    path.setAttribute('stroke-width', tenth(width));
    return path;
  };
}

const dayMs = 86_400_000;

const tenth = (number: number): string => String(Math.round(number * 10) / 10);
