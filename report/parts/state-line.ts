/** A workspace in one line: all is well, or what is wrong and since when. */
import type { WorkspaceFigures } from '../figures/figures.ts';
import type { Standing } from '../figures/standing.ts';
import { countOf, plural } from '../markup/figure.ts';
import { type Content, html, type Markup } from '../markup/html.ts';
import { nameOf } from '../markup/name.ts';
import { timeOf } from '../markup/time.ts';
import { type Fault, faults, isOf } from './faults.ts';

export type Tone = 'well' | 'notice' | 'wrong';

export interface State {
  readonly tone: Tone;
  readonly sentence: Markup;
}

export function stateOf({ integrations, whole }: WorkspaceFigures): State {
  const standings = integrations.map(({ standing }) => standing);
  if (standings.length === 0) return { tone: 'notice', sentence: whole ? unfinished : unread };
  const those = (fault: Fault) => standings.filter((standing) => isOf(fault, standing));
  const partly = standings.filter(({ standing, gap_at_risk }) => standing === 'partly_read' && !gap_at_risk);
  const told = [
    ...faults.flatMap((fault) => sentence(those(fault), fault)),
    ...(partly.length > 0 ? [html`older history of ${whoever(partly)} is still to be read`] : []),
  ];
  if (told.length === 0) return { tone: 'well', sentence: wellSentence(standings) };
  const isSerious = faults.some((fault) => fault.isSerious && those(fault).length > 0);
  return { tone: isSerious ? 'wrong' : 'notice', sentence: html`${joined(told)}.` };
}

const unread = html`No integration has been read yet.`;
const unfinished = html`No run has come to its end yet: how the integrations stand is written there. Their syncs so far are in the numbers below.`;

function wellSentence(standings: readonly Standing[]): Markup {
  const active = standings.filter(({ standing }) => standing === 'healthy').length;
  const resting = standings.length - active;
  if (active === 0)
    return html`Nothing is expected: ${plural(resting, 'integration is', 'integrations are')} at rest.`;
  const rest = resting > 0 && html`; ${countOf(resting)} at rest`;
  return html`All well: ${plural(active, 'integration')} on time, none without success${rest}.`;
}

function sentence(standings: readonly Standing[], { one, many, since, from = 'since' }: Fault): Markup[] {
  if (standings.length === 0) return [];
  const isOne = standings.length === 1;
  const first = earliest(standings, since);
  const when = isOne ? ` ${from}` : from === 'since' && ', the first since';
  const told = first !== undefined && when && html`${when} ${timeOf(first, ' UTC')}`;
  return [html`${whoever(standings)} ${isOne ? one : many}${told}`];
}

function whoever(standings: readonly Standing[]): Markup {
  const [first] = standings;
  if (standings.length === 1 && first) return html`<strong>${nameOf(first.integration_name)}</strong>`;
  return html`<strong>${plural(standings.length, 'integration')}</strong>`;
}

function earliest<Row>(rows: readonly Row[], timeOfRow: (row: Row) => string | null): string | undefined {
  return rows
    .map(timeOfRow)
    .filter((time) => time !== null)
    .sort()[0];
}

const joined = (parts: readonly Markup[]): Content =>
  parts.map((part, index) => (index === 0 ? part : html`; ${part}`));
