import LinkHeader from 'http-link-header';
import type { Answer } from '../../../local/simulator/answer.ts';
import type { SimulatedBraze } from '../../../local/simulator/braze.ts';

export const statusPath = '/cdi/integrations/one/job_sync_status';

/** Cursors as an independent parser of the header finds them, or undefined. */
export function cursorIn(answer: Answer, relation: 'prev' | 'next'): string | undefined {
  const header = answer.headers.link;
  if (header === undefined) return undefined;
  const link = LinkHeader.parse(header).refs.find(({ rel }) => rel.toLowerCase() === relation);
  const encoded = link && /[?&]cursor=(.*)$/.exec(link.uri)?.[1];
  return encoded === undefined ? undefined : decodeURIComponent(encoded);
}

export function ask(braze: SimulatedBraze, cursor?: string, at = 0, path = statusPath): Answer {
  const query = cursor === undefined ? '' : `?cursor=${encodeURIComponent(cursor)}`;
  return braze.answer({ path: `${path}${query}` }, at);
}

export function resultsOf(answer: Answer): unknown[] {
  return JSON.parse(answer.body).results;
}

/** All pages from the first on, as an exporter with a good parser would see them. */
export function walk(braze: SimulatedBraze, at = 0, path = statusPath): Answer[] {
  const answers = [ask(braze, undefined, at, path)];
  for (;;) {
    const last = answers.at(-1);
    const next = last && cursorIn(last, 'next');
    if (next === undefined) return answers;
    if (answers.length > 1000) throw new Error('The walk has no end.');
    answers.push(ask(braze, next, at, path));
  }
}
