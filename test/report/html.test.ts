import fc from 'fast-check';
import { parseHTML } from 'linkedom';
import { describe, expect, it } from 'vitest';
import { html, Markup } from '../../report/markup/html.ts';
import { cut, isLong, nameOf } from '../../report/markup/name.ts';
import { hostileNames } from './hostile-names.ts';

/** What has no other meaning than a character in text. */
const plain = fc.string({ unit: 'grapheme', maxLength: 40 });
const nasty = fc
  .array(fc.constantFrom(...hostileNames, '<', '>', '"', "'", '&', '&lt;', '`', '=', '\\'), {
    maxLength: 6,
  })
  .map((parts) => parts.join(''));

const isShownAsItIs = (text: string): boolean =>
  !/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]/u.test(text) && text.isWellFormed();

describe('text in a template', () => {
  it('stays text, as content and in an attribute', () => {
    fc.assert(
      fc.property(fc.oneof(plain, nasty), (text) => {
        const { document } = parseHTML(
          `<!doctype html><html><body>${html`<p title="${text}">${text}</p>`.source}</body></html>`,
        );
        const [paragraph, ...others] = document.querySelectorAll('body *');
        expect(others).toEqual([]);
        expect(paragraph?.attributes).toHaveLength(1);
        if (!isShownAsItIs(text)) return;
        expect(paragraph?.textContent).toBe(text);
        expect(paragraph?.getAttribute('title')).toBe(text);
      }),
      { numRuns: 1000 },
    );
  });

  it.each([
    ['<b>"it\'s" & more</b>', '&lt;b&gt;&quot;it&#39;s&quot; &amp; more&lt;/b&gt;'],
    ['\u202egnp.exe', '\\u202egnp.exe'],
    ['a\u0000b\tc\nd', 'a\\u0000b\\u0009c\\u000ad'],
    ['half \ud83e', 'half \ufffd'],
    ['👩🏽‍🚀 – Zoë', '👩🏽‍🚀 – Zoë'],
  ])('%j is %j', (text, source) => {
    expect(html`${text}`.source).toBe(source);
  });

  it('is markup only where this program made it', () => {
    expect(html`${new Markup('<b>')}${html`<i>${'<'}</i>`}${[html`<u>`, '<']}`.source).toBe(
      '<b><i>&lt;</i><u>&lt;',
    );
  });

  it('is nothing for nothing', () => {
    expect(html`${null}${undefined}${false}${[]}${0}${0n}`.source).toBe('00');
  });
});

describe('a name', () => {
  it('is cut between characters, and said to be', () => {
    expect(cut('🦆'.repeat(100), 10)).toBe(`${'🦆'.repeat(9)}…`);
    expect(cut('🦆'.repeat(10), 10)).toBe('🦆'.repeat(10));
    expect(isLong('🦆'.repeat(72))).toBe(false);
    expect(isLong('🦆'.repeat(73))).toBe(true);
  });

  it('keeps its direction of writing to itself', () => {
    expect(nameOf('שלום').source).toBe('<bdi>שלום</bdi>');
  });
});
