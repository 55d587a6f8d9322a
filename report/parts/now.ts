/** The first screen: what is wrong now, each by its name; that the rest is well; and how fresh all this is. */
import type { StandingState } from '../figures/standing.ts';
import { countOf, plural } from '../markup/figure.ts';
import { html, type Markup } from '../markup/html.ts';
import { cut } from '../markup/name.ts';
import { spanOf, timeOf } from '../markup/time.ts';
import { faults, faultsOf } from './faults.ts';
import type { Place } from './place.ts';
import { runbook } from './runbook.ts';
import { words } from './standing-badge.ts';
import { stateOf } from './state-line.ts';
import {
  isOnlyUnread,
  runbookHeadings,
  type Trouble,
  type TroubleContext,
  troubleItem,
  unreadItem,
} from './trouble.ts';

/** Of more, each is one line until it is opened: all of their names have to stand on a phone's first screen. */
const mostOpen = 2;

export function troublesOf(places: readonly Place[]): Trouble[] {
  const troubles = places.flatMap((place) =>
    place.figures.integrations.flatMap(({ standing }) =>
      faultsOf(standing).map((fault) => ({ place, standing, fault })),
    ),
  );
  return troubles.sort((one, other) => faults.indexOf(one.fault) - faults.indexOf(other.fault));
}

export function nowSection(
  places: readonly Place[],
  troubles: readonly Trouble[],
  { now, dashboard }: Pick<TroubleContext, 'now' | 'dashboard'>,
): Markup {
  const names = standings(places).map(({ integration_name }) => cut(integration_name));
  const context: TroubleContext = {
    now,
    dashboard,
    repeated: new Set(names.filter((name, index) => names.indexOf(name) !== index)),
    isOneWorkspace: places.length === 1,
  };
  return html`<section class="now" aria-labelledby="now">
<h2 id="now" class="unseen">Now</h2>
${headline(places, troubles)}
${
  troubles.length > 0 &&
  html`<ul class="troubles">
${items(troubles, context)}</ul>
${rest(places)}`
}
${freshness(places, now)}
</section>
`;
}

/** Where the exporter stands still all are unread, for one reason: they must not hide what is wrong besides. */
const mostUnread = 3;

function items(troubles: readonly Trouble[], context: TroubleContext): Markup[] {
  const unread = troubles.filter(isOnlyUnread);
  const together = unread.length > mostUnread ? unread : [];
  const alone = troubles.filter((trouble) => !together.includes(trouble));
  return [
    ...alone.map((trouble) => troubleItem(trouble, context, troubles.length <= mostOpen)),
    ...(together.length > 0 ? [unreadItem(together)] : []),
  ];
}

export const runbookSection = (troubles: readonly Trouble[]): Markup =>
  runbook(troubles.flatMap(runbookHeadings));

const standings = (places: readonly Place[]) =>
  places.flatMap(({ figures }) => figures.integrations.map(({ standing }) => standing));

function headline(places: readonly Place[], troubles: readonly Trouble[]): Markup {
  const count = standings(places).length;
  if (troubles.length > 0) {
    const isSerious = troubles.some(({ fault }) => fault.isSerious);
    const wrong = new Set(troubles.map(({ standing }) => standing)).size;
    const verb = wrong === 1 ? 'needs' : 'need';
    return html`<p class="state ${isSerious ? 'wrong' : 'notice'}">${count === 1 ? 'The one integration' : html`${countOf(wrong)} of ${plural(count, 'integration')}`} ${verb} attention.${troubles.length > mostOpen && html` <span class="how">Open one to see what to do.</span>`}</p>`;
  }
  const [only, ...others] = places;
  if (only && others.length === 0) {
    const { tone, sentence } = stateOf(only.figures);
    return html`<p class="state ${tone}">${sentence}</p>`;
  }
  const isWell = places.every(({ figures }) => stateOf(figures).tone === 'well');
  return html`<p class="state ${isWell ? 'well' : 'notice'}">Nothing is wrong: ${plural(count, 'integration')} in ${plural(places.length, 'workspace')}.</p>`;
}

/** By how they stand: one that is at rest is not wrong, and not on time either. */
function rest(places: readonly Place[]): Markup {
  const others = standings(places).filter((standing) => faultsOf(standing).length === 0);
  if (others.length === 0) return html``;
  const counts = new Map<StandingState, number>();
  for (const { standing } of others) counts.set(standing, (counts.get(standing) ?? 0) + 1);
  const [only, ...more] = counts;
  if (only && more.length === 0)
    return html`<p class="rest">The other ${countOf(others.length)} ${others.length === 1 ? 'is' : 'are'} ${words[only[0]]}.</p>`;
  const told = [...counts].map(([state, count]) => `${countOf(count)} ${words[state]}`).join(', ');
  return html`<p class="rest">Nothing is wrong with the other ${countOf(others.length)}: ${told}.</p>`;
}

/** The newest look of all: who has not been looked at for longer is among the troubles. */
function freshness(places: readonly Place[], now: string): Markup {
  const looks = standings(places)
    .flatMap(({ as_of }) => as_of ?? [])
    .sort();
  const newest = looks.at(-1);
  if (newest === undefined) return html`<p class="fresh">No run has looked yet.</p>`;
  const minutes =
    (Date.parse(`${now.replace(' ', 'T')}Z`) - Date.parse(`${newest.replace(' ', 'T')}Z`)) / 60_000;
  const isOld = minutes >= 1440;
  return html`<p class="fresh${isOld && ' old'}">As of ${timeOf(newest, ' UTC')}, ${minutes < 1 ? 'just now' : `${spanOf(minutes)} before this page was written`}.${
    isOld && html` <b>Nobody has looked since: see whether the exporter runs.</b>`
  }<span id="age"></span></p>`;
}
