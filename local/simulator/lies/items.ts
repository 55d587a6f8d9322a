import type { Answer } from '../answer.ts';

/** The same page with other items, written as it was written. */
export function withItems(answer: Answer, change: (items: readonly unknown[]) => readonly unknown[]): Answer {
  const page = JSON.parse(answer.body);
  const items: readonly unknown[] = Array.isArray(page.results) ? page.results : [];
  const indent = answer.body.startsWith('{\n') ? 2 : 0;
  return { ...answer, body: JSON.stringify({ ...page, results: change(items) }, null, indent) };
}
