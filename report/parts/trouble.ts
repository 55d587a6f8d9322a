/** One that is wrong now: its name, since when, how bad it is, what to do, and where to go on. */
import { pageOf } from '../../lambda/alerts/alert-of.ts';
import { nextStepsOf } from '../../lambda/alerts/next-steps.ts';
import { runbookOf } from '../../lambda/alerts/runbook.ts';
import type { Standing } from '../figures/standing.ts';
import { plural } from '../markup/figure.ts';
import { html, type Markup } from '../markup/html.ts';
import { cut, nameOf } from '../markup/name.ts';
import { spanOf, timeOf } from '../markup/time.ts';
import type { Fault } from './faults.ts';
import { linkTo, type Place } from './place.ts';
import { runbookAnchor } from './runbook.ts';
import { badgeWordsOf, gapBadge, standingBadge } from './standing-badge.ts';

export interface Trouble {
  readonly place: Place;
  readonly standing: Standing;
  readonly fault: Fault;
}

/** What the page says beside the troubles themselves. */
export interface TroubleContext {
  readonly now: string;
  readonly dashboard: string | undefined;
  /** The names that several have, as far as they are shown: their ids are told, too. */
  readonly repeated: ReadonlySet<string>;
  readonly isOneWorkspace: boolean;
}

/** @param isOpen else it is one line, until somebody opens it. */
export function troubleItem(trouble: Trouble, context: TroubleContext, isOpen: boolean): Markup {
  const { place, standing, fault } = trouble;
  const { integration_id, integration_name, reason, failure } = standing;
  const [step = '', ...steps] = stepsOf(trouble);
  const since = fault.since(standing);
  const isGap = fault.state === 'gap_at_risk';
  const told = (isGap ? gapReason : (reason ?? failure)) ?? '';
  return html`<li class="trouble ${fault.isSerious ? 'serious' : 'lesser'}"><details${isOpen && html` open`}><summary><b>${nameOf(integration_name)}</b> ${isGap ? gapBadge : standingBadge(standing)} <span class="since">${sinceWhen(fault, since, context.now)}</span>${!context.isOneWorkspace && html` <span class="which">· workspace ${nameOf(place.figures.workspace)}</span>`}${
    context.repeated.has(cut(integration_name)) &&
    html` <span class="which">· id <bdi>${cut(integration_id, 100)}</bdi></span>`
  }<span class="step">${step}</span></summary>
${told !== '' && html`<p class="reason"><bdi>${cut(told, 300)}</bdi></p>`}
<p class="do"><b>To do:</b> ${step} ${steps.join(' ')}</p>
<p class="go">${runbookLinks(trouble)}${!isGap && html` · ${brazeLink(integration_id, context.dashboard)}`} · ${linkTo(place, { integration_id, integration_name: 'Its calendar' })}</p>
</details></li>
`;
}

function sinceWhen({ from = 'since' }: Fault, time: string | null, now: string): Markup {
  if (time === null) return html`since when is not known`;
  const span = spanBetween(time, now);
  return html`${from === 'since' && span !== undefined && `for ${span}, `}${from} ${timeOf(time, ' UTC')}`;
}

const gapReason = 'What is older has not been read yet, and Braze keeps a sync for a year or so.';

/** All that no run has read lately, and that have no failure of their own. */
export function unreadItem(troubles: readonly Trouble[]): Markup {
  const [first] = troubles;
  return html`<li class="trouble serious"><details><summary><b>${plural(troubles.length, 'integration')}</b> ${first && standingBadge(first.standing)}<span class="step">${lookAgain[0]}</span></summary>
<p class="do"><b>To do:</b> ${lookAgain.join(' ')}</p>
<ul>${troubles.map(
    ({ place, standing }) =>
      html`<li>${linkTo(place, standing)} <span class="since">${standing.trusted_to === null ? 'never read' : html`not since ${timeOf(standing.trusted_to, ' UTC')}`}</span></li>`,
  )}</ul>
</details></li>
`;
}

export const isOnlyUnread = ({ standing, fault }: Trouble): boolean =>
  fault.state === 'unread' && standing.failure === null;

/** Where nobody has looked, nothing is wrong with the integration itself that anybody knows of. */
const lookAgain = [
  'See whether the exporter still runs: no run has looked here lately.',
  'Until one does, nobody knows how the syncs go.',
];

function stepsOf({ place, standing, fault }: Trouble): readonly string[] {
  if (isOnlyUnread({ place, standing, fault })) return lookAgain;
  const { last_status, details_until } = standing;
  const detailsUntil = details_until === null ? null : Date.parse(`${details_until.replace(' ', 'T')}Z`);
  return trapsOf(standing, fault).flatMap((trap) =>
    nextStepsOf(
      { event: 'raised', kind: fault.kind, trap },
      { id: standing.integration_id, name: standing.integration_name, lastStatus: last_status, detailsUntil },
    ),
  );
}

export const runbookHeadings = ({ standing, fault }: Trouble): readonly string[] =>
  trapsOf(standing, fault).map((trap) => runbookOf({ kind: fault.kind, trap }));

const trapsOf = ({ traps }: Standing, { kind }: Fault): readonly (string | null)[] =>
  kind === 'trap' && traps !== null ? traps.split(',') : [null];

/** In the words of its badge, where it has no name of its own. */
function runbookLinks({ standing, fault }: Trouble): Markup[] {
  return trapsOf(standing, fault).map((trap, index) => {
    const address = runbookOf({ kind: fault.kind, trap });
    const anchor = runbookAnchor(address);
    const named = trap?.replaceAll('_', ' ') ?? badgeWordsOf(fault.state);
    const text = `What “${named}” means (runbook)`;
    return html`${index > 0 && ' · '}${anchor === undefined ? html`${text} (${address})` : html`<a href="#${anchor}">${text}</a>`}`;
  });
}

function brazeLink(id: string, dashboard: string | undefined): Markup {
  if (dashboard === undefined) return html`In Braze: Data Settings → Cloud Data Ingestion → Sync Log`;
  return html`<a href="${pageOf(dashboard, id)}" rel="noreferrer">Its page in Braze</a>`;
}

/** Undefined: it lies ahead of the clock. */
function spanBetween(from: string, to: string): string | undefined {
  const minutes =
    (Date.parse(`${to.replace(' ', 'T')}Z`) - Date.parse(`${from.replace(' ', 'T')}Z`)) / 60_000;
  return minutes < 0 ? undefined : spanOf(minutes);
}
