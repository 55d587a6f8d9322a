/** Numbers on the page, each marked with what it is: a test compares them with the answers of SQL. */
import { html, type Markup } from './html.ts';

export const countOf = (count: bigint | number): string => count.toLocaleString('en');

/** `name` tells which figure it is; the exact value stands beside the readable one. */
export function figureOf(name: string, value: bigint | number | null, readable?: string): Markup {
  if (value === null) return html`<span class="none">none</span>`;
  return html`<data value="${value}" data-figure="${name}">${readable ?? countOf(value)}</data>`;
}

export const plural = (count: number, one: string, many = `${one}s`): string =>
  `${countOf(count)} ${count === 1 ? one : many}`;
