/** What the page carries within itself: its style sheet and its script. */
import { readFileSync } from 'node:fs';

const read = (name: string): string => readFileSync(new URL(name, import.meta.url), 'utf8');

/** Later ones override earlier ones. */
const styleSheets = ['colours', 'page', 'tables', 'charts', 'phone', 'paper'];

export const style = styleSheets.map((name) => read(`${name}.css`)).join('\n');
export const script = read('local-times.js');
