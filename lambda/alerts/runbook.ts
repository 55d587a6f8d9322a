/** The headings of the runbook to which alerts lead. A test compares them with the document. */
import type { AlertNotice } from './notice.ts';

/** No host is known under which somebody reads this repository. */
const document = 'docs/runbook.md';

export function runbookOf({ kind, trap }: Pick<AlertNotice, 'kind' | 'trap'>): string {
  const heading = kind === 'trap' && trap !== null ? `Trap: ${trap}` : `Incident: ${kind}`;
  return `${document}#${anchorOf(heading)}`;
}

/** As GitHub makes it of a heading. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}_ -]/gu, '')
    .replaceAll(' ', '-');
