/** Whether a history can be walked from page to page. */
import type { Asked } from './asking.ts';
import { type Check, failed, ok, skipped, warning } from './check.ts';
import { offsetIn } from './cursor-facts.ts';
import { isPage, type Page, type Sightings } from './sightings.ts';

const cuts = 'a proxy or gateway takes it away or cuts it: have it let the header Link through as it is.';

export function pagingChecks({ heads, second, beyond, hidden }: Sightings): Check[] {
  const pages = heads.map(({ asked }) => asked).filter(isPage);
  if (pages.length === 0) return [skipped('pages', 'no history was answered')];
  if (isPage(hidden) && hidden.answer.results.length > 0)
    return [
      failed('pages', 'a full page names no other, and there is one', `Its Link header is missing: ${cuts}`),
    ];
  const first = pages.find(({ answer }) => answer.links.next);
  if (!first)
    return pages.length >= 2 && pages.every(({ answer }) => answer.results.length >= 10)
      ? [
          warning(
            'pages',
            'each history is one full page',
            `If there is more in Braze, the Link header is missing: ${cuts}`,
          ),
        ]
      : [ok('pages', 'no history is longer than one')];
  const next = secondCheck(first, second);
  // Where pages do not follow each other, what else is seen of them says nothing.
  return next.result === 'failed' ? [next] : [next, stepCheck(first), endCheck(beyond)];
}

function secondCheck(first: Page, second: Asked | undefined): Check {
  if (second?.kind === 'answered' && second.answer.kind === 'cursor_refused')
    return failed(
      'pages',
      'the next page is refused (Invalid cursor)',
      'Something on the way rewrites addresses: look at the proxy or gateway; else send this to the project with --report.',
    );
  if (!isPage(second)) return skipped('pages', 'the next page was not answered');
  if (second.reply.body === first.reply.body && first.answer.results.length > 0)
    return failed(
      'pages',
      'the next page is the first one again',
      'Something on the way keeps answers, or drops what stands behind the "?": switch off the cache of the proxy or gateway for this host.',
    );
  if (second.answer.results.length === 0)
    return warning(
      'pages',
      'the next page is empty',
      'The exporter asks again before it believes that; run this again in a while.',
    );
  return ok('pages', 'the next one follows');
}

function stepCheck(first: Page): Check {
  const offset = offsetIn(first.answer.links.next ?? '');
  const rows = first.answer.results.length;
  if (offset === undefined) return ok('step', 'its cursors do not tell');
  if (offset === rows) return ok('step', 'one page');
  return warning(
    'step',
    'a cursor goes further or less far than its page',
    'Rows may be left out or come twice, and the exporter can not see the former: send this to the project with --report.',
  );
}

function endCheck(beyond: Asked | undefined): Check {
  if (beyond?.kind !== 'answered') return skipped('end', 'its cursors can not be written by hand');
  if (isPage(beyond))
    return beyond.answer.results.length === 0
      ? ok('end', 'an empty page')
      : warning(
          'end',
          'rows, where no row can be',
          'The exporter leaves a walk that goes in circles: send this to the project with --report.',
        );
  return beyond.answer.kind === 'cursor_refused'
    ? ok('end', 'Invalid cursor')
    : warning('end', 'another refusal', 'Send this to the project with --report.');
}
