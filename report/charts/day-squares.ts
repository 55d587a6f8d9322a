/**
 * The squares of one status, each with what the pointer is told of it, under their signs: one path, on each point of
 * which the page's style sheet puts the marker of the status.
 */
import type { RenderFunction } from '@observablehq/plot';
import type { DayStatus } from '../figures/day.ts';
import { statusLooks } from './status-look.ts';

export interface Square {
  readonly column: number;
  readonly row: number;
  readonly title: string | undefined;
}

/**
 * From one square to the next, and its own size, in pixels. Whole numbers, as the margins around all squares are:
 * sharp edges, and half as many characters in a page that may have twenty thousand squares.
 */
export const pitch = 12;
const size = 10;

export function daySquares(status: DayStatus, squares: readonly Square[]): RenderFunction {
  return (_index, { x, y }, _values, _dimensions, { document }) => {
    if (!x || !y) return null;
    const element = (name: string) => document.createElementNS('http://www.w3.org/2000/svg', name);
    const group = element('g');
    group.setAttribute('class', `day ${status}`);
    const signs: string[] = [];
    for (const { column, row, title } of squares) {
      const [left, top] = [Math.round(x(column)) + 1, Math.round(y(row)) + 1];
      const square = element('path');
      square.setAttribute('d', `M${left},${top}h${size}v${size}h-${size}z`);
      if (title) square.append(Object.assign(element('title'), { textContent: title }));
      group.append(square);
      signs.push(`${left + size / 2},${top + size / 2}`);
    }
    if (statusLooks[status].sign) {
      const sign = element('path');
      sign.setAttribute('class', 'sign');
      sign.setAttribute('d', `M${signs.join(' ')}`);
      group.append(sign);
    }
    return group;
  };
}
