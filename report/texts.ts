/**
 * The texts that the page holds as they are. They are found beside this file, and from report/ alone: the function that
 * writes reports has its code in a folder of that name, too, with the same files around it.
 */
import { existsSync, readFileSync } from 'node:fs';

/** A style sheet or a script of the page. */
export const asset = (name: string): string => textOf(`assets/${name}`);

const runbook = '../docs/runbook.md';

/** An image of a container holds no docs/: then it is empty. */
export const runbookText = (): string => (existsSync(urlOf(runbook)) ? textOf(runbook) : '');

const urlOf = (path: string): URL => new URL(path, import.meta.url);
const textOf = (path: string): string => readFileSync(urlOf(path), 'utf8');
