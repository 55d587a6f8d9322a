import { describe, expect, test } from 'vitest';
import { SimulatedBraze } from '../../../local/simulator/braze.ts';
import { writeLinkHeader } from '../../../local/simulator/link-header.ts';
import { defaultQuirks } from '../../../local/simulator/quirks.ts';
import { rowWorld, syncs } from './row-world.ts';
import { ask, cursorIn, resultsOf, walk } from './walk-pages.ts';

const forms = ['documented', 'relative', 'absolute', 'foreign', 'hostile'] as const;

function secondPage(quirks = {}): string | undefined {
  return ask(new SimulatedBraze(rowWorld(syncs(45)), { quirks }), 'c2tpcDoxMA==').headers.link;
}

describe.each(forms)('the form %s', (linkForm) => {
  test.each([false, true])('is read by a parser of RFC 8288, escaped cursors: %s', (escapedCursors) => {
    const quirks = { linkForm, escapedCursors, cursorKind: 'plus' } as const;
    const rows = walk(new SimulatedBraze(rowWorld(syncs(145)), { quirks })).flatMap(resultsOf);
    expect(rows).toEqual(syncs(145).toReversed());
  });
});

test('documented: malformed to the letter', () => {
  expect(secondPage()).toBe(
    '</cdi/integrations/one/job_sync_status?cursor=c2tpcDow>; rel="prev",' +
      '</cdi/integrationsone/job_sync_status?cursor=c2tpcDoyMA==>; rel="next"',
  );
});

test('relative, absolute and foreign differ in their targets', () => {
  const next = '/cdi/integrations/one/job_sync_status?cursor=c2tpcDoyMA==>; rel="next"';
  expect(secondPage({ linkForm: 'relative' })).toContain(`, <${next}`);
  expect(secondPage({ linkForm: 'absolute' })).toContain(`, <https://rest.iad-01.braze.com${next}`);
  expect(secondPage({ linkForm: 'foreign' })).toContain(`, <https://foreign.example${next}`);
  expect(secondPage({ linkForm: 'foreign', foreignOrigin: 'http://127.0.0.1:9' })).toContain(
    `, <http://127.0.0.1:9${next}`,
  );
});

test('escaped cursors hide their equals signs', () => {
  expect(secondPage({ escapedCursors: true })).toContain('?cursor=c2tpcDoyMA%3D%3D>');
});

test('spaced: white space before the comma, which the parser used here misreads', () => {
  expect(secondPage({ linkForm: 'spaced' })).toMatch(/>; rel="prev" , {2}<.*>; rel="next"$/);
});

test('hostile: every variant turns up in a long walk', () => {
  const quirks = { linkForm: 'hostile', statusLimit: 1000 } as const;
  const answers = walk(new SimulatedBraze(rowWorld(syncs(600)), { quirks }));
  const text = answers.map((answer) => answer.headers.link).join('\n');
  for (const sign of [
    'title="a; b, c > d',
    '"next last"',
    'Rel="Next"',
    '; rel=next',
    '\\"next\\"',
    ' = "next" ;',
  ]) {
    expect(text).toContain(sign);
  }
});

test('an id with characters of its own stays as it came in the path', () => {
  const target = { path: '/cdi/integrations/$&/job_sync_status', encodedId: '$&', origin: '' };
  const header = writeLinkHeader({ items: [], next: 'x' }, target, { ...defaultQuirks });
  expect(header).toBe('</cdi/integrations$&/job_sync_status?cursor=x>; rel="next"');
  expect(cursorIn({ status: 200, headers: { link: header ?? '' }, body: '' }, 'next')).toBe('x');
});
