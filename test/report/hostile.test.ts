import { expect, it } from 'vitest';
import { hostileLake } from './hostile-lake.ts';
import { hostileNames } from './hostile-names.ts';
import { textOf } from './read-page.ts';
import { type MadeReport, reportOf } from './report-of.ts';

let made: Promise<MadeReport> | undefined;
/** Made once: a test reads it, and changes nothing. */
const hostileReport = (): Promise<MadeReport> => (made ??= reportOf(hostileLake(hostileNames)));

it('adds no element and no attribute to the page, and runs nothing', async () => {
  const tame = await reportOf(
    hostileLake(hostileNames.map((text, index) => (text.length > 72 ? 'x'.repeat(80) : `name ${index}`))),
  );
  const hostile = await hostileReport();
  const skeleton = ({ page }: typeof tame): string[] =>
    [...page.querySelectorAll('*')]
      .map((element) => `${element.tagName} ${[...element.attributes].map(({ name }) => name).sort()}`)
      // In another order, as the names are sorted otherwise.
      .sort();
  expect(skeleton(hostile)).toEqual(skeleton(tame));
  expect(
    skeleton(hostile).filter((line) => /^(IMG|IFRAME|OBJECT|LINK|BASE|FORM)|\bon[a-z]+/i.test(line)),
  ).toEqual([]);
  expect(hostile.page.querySelectorAll('script')).toHaveLength(1);
});

it('shows every name as what it is', async () => {
  const { page, source } = await hostileReport();
  const names = [...page.querySelectorAll('.integration h4 bdi')].map((element) => element.textContent);
  const shown = hostileNames
    .map((name) => (name.length > 72 ? `${name.slice(0, 71)}…` : name))
    .map((name) =>
      name.replace(
        /[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu,
        (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
      ),
    );
  expect(names.sort()).toEqual(shown.sort());
  expect(page.querySelector('.whole')?.textContent).toBe('W'.repeat(5000));
  expect(source).not.toMatch(/[\u202a-\u202e\u2066-\u2069]|(?!\n)\p{Cc}/u);
});

it('allows no script and no style but its own, and loads nothing', async () => {
  const { page, source } = await hostileReport();
  const policy =
    page.querySelector('meta[http-equiv="Content-Security-Policy"]')?.getAttribute('content') ?? '';
  expect(policy).toMatch(
    /^default-src 'none'; style-src 'sha256-[\w+/]+='; script-src 'sha256-[\w+/]+='; base-uri 'none'; form-action 'none'$/,
  );
  expect(page.querySelectorAll('[style]')).toHaveLength(0);
  expect(page.querySelectorAll('style')).toHaveLength(1);
  for (const link of page.querySelectorAll('[href]')) expect(link.getAttribute('href')).toMatch(/^#[\w-]+$/);
  expect(page.querySelectorAll('[src]')).toHaveLength(0);
  const own = textOf(page.querySelector('style'));
  expect(own).not.toMatch(/@import|url\((?!"#)/);
  expect(source.match(/https?:/g)).toBeNull();
});
