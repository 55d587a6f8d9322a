import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { firstPage, readLinks } from '../../../lambda/braze/link.ts';

const path = '/cdi/integrations/0000/job_sync_status';

describe('readLinks', () => {
  test('P3: reads the documented example, malformed as it is', () => {
    const header =
      '</cdi/integrations/00000000-0000-0000-0000-000000000000/job_sync_status?cursor=c2tpcDow>; rel="prev",' +
      '</cdi/integrations00000000-0000-0000-0000-000000000000/job_sync_status?cursor=c2tpcDoxMDA=>; rel="next"';
    expect(readLinks(header)).toEqual({ prev: 'c2tpcDow', next: 'c2tpcDoxMDA=' });
  });

  test.each([null, '', '  '])('no header, no links: %s', (header) => {
    expect(readLinks(header)).toEqual({});
  });

  test.each([
    ['relative', `<${path}?cursor=b>; rel="next"`],
    ['relative to the directory', '<?cursor=b>; rel="next"'],
    ['absolute', `<https://rest.fra-01.braze.eu${path}?cursor=b>; rel="next"`],
    ['of a foreign host', '<https://evil.example/?cursor=b>; rel="next"'],
    ['without a scheme', '<//evil.example/?cursor=b>; rel="next"'],
    ['with other parameters', '<https://a/?limit=10&cursor=b&x=cursor=c>; rel="next"'],
    ['with a parameter that only ends so', '<?xcursor=a&cursor=b>; rel="next"'],
    ['with a fragment', '<?cursor=b#?cursor=c>; rel="next"'],
    ['with a token', '<?cursor=b>; rel=next'],
    ['in upper case', '<?cursor=b>; REL="NEXT"'],
    ['among several values', '<?cursor=b>; rel="last  next start"'],
    ['with spaces', '  <?cursor=b>  ;  rel  =  "next"  '],
    ['after a comma', '<?cursor=a>; rel="last", <?cursor=b>; rel="next"'],
    ['after a comma with no space', '<?cursor=a>;rel=last,<?cursor=b>;rel=next'],
    ['after a comma with white space before', '<?cursor=a>; rel="last" \t , <?cursor=b>; rel="next"'],
    ['after a quoted ; , and >', '<?cursor=b>; title="a; b, <c> ; rel=\\"prev\\" , "; rel="next"'],
    [
      'before a quoted ; and ,',
      '<?cursor=b>; rel="next"; title="x;y , z", <?cursor=a>; rel="last"; title=","',
    ],
    ['with ; and , in its target', '<?a=;,&cursor=b>; rel="next"'],
    ['that says it twice', '<?cursor=b>; rel="next", <?cursor=c>; rel="next"'],
  ])('finds the next one %s', (_, header) => {
    expect(readLinks(header)).toEqual({ next: 'b' });
  });

  test('one link may be both', () => {
    expect(readLinks('<?cursor=b>; rel="prev next"')).toEqual({ next: 'b', prev: 'b' });
  });

  test.each([
    ['a+b/c==', 'a+b/c=='],
    ['a%2Bb%2Fc%3D', 'a+b/c='],
    ['a%2bb', 'a+b'],
    ['100%', '100%'],
    ['%zz', '%zz'],
    ['%E2%82%AC', '€'],
    ['a%26b', 'a&b'],
    ['a ,b', 'a ,b'],
    ['a%20b', 'a b'],
    ['c2tpcDoxMDA=', 'c2tpcDoxMDA='],
  ])('P3: the cursor %s is read as %s', (written, cursor) => {
    expect(readLinks(`<${path}?cursor=${written}>; rel="next"`)).toEqual({ next: cursor });
  });

  test('P3: any cursor comes back, whether it was escaped, or base64 that was not', () => {
    const base64 = fc
      .uint8Array({ minLength: 1, maxLength: 20 })
      .map((bytes) => Buffer.from(bytes).toString('base64'));
    const quoted = fc.constantFrom('', '; title="a,b;c>d"', '; title="\\"<, "', '; x=y');
    fc.assert(
      fc.property(fc.string({ minLength: 1, unit: 'grapheme' }), base64, quoted, (text, raw, title) => {
        const header = `<${path}?cursor=${encodeURIComponent(text)}>; rel="prev"${title} , <?cursor=${raw}>${title}; rel=next`;
        expect(readLinks(header)).toEqual({ prev: text, next: raw });
      }),
    );
  });

  test.each(['</list>', '<https://rest.example/list?limit=10>', '<?cursor=>', '<>'])(
    'a link %s to the page before names no cursor: that is the first page',
    (target) => {
      const header = `${target}; rel="prev", <?cursor=b>; rel="next"`;
      expect(readLinks(header)).toEqual({ prev: firstPage, next: 'b' });
    },
  );

  test.each([
    'garbage',
    '<?cursor=b',
    '<?cursor=b> rel="next"',
    '; rel="next"',
    '<>; rel="next"',
    '<?>; rel="next"',
    '<?cursor=>; rel="next"',
    '<?cursor>; rel="next"',
    '<?Cursor=b>; rel="next"',
    '</page/2>; rel="next"',
    '<?page=2#cursor=b>; rel="next"',
    '<?cursor=a>; rel="prev", garbage',
    '<?cursor=a>; rel="prev", </page/2>; rel="next"',
  ])('P3: %s is no end of the list but a SyntaxError', (header) => {
    expect(() => readLinks(header)).toThrow(SyntaxError);
  });

  test.each([
    ['TypeError', '<?cursor=b>'],
    ['TypeError', '<?cursor=b>; title="rel"'],
    ['silent end', '<?cursor=a>; rel="prev" <?cursor=b>; rel="next"'],
    ['silent end', '<?cursor=a>; rel="prev";, <?cursor=b>; rel="next"'],
    ['silent end', '<?cursor=a>; rel="prev"; title="open, <?cursor=b>; rel="next"'],
    ['wrong cursor', '<?cursor=a>; crossorigin, <?cursor=b>; rel="next"'],
  ])('P3: no %s: %s', (_, header) => {
    let links: unknown;
    try {
      links = readLinks(header);
    } catch (error) {
      return expect(error).toBeInstanceOf(SyntaxError);
    }
    expect(links).toEqual(header.includes('cursor=a') ? { next: 'b' } : {});
  });

  test('P12: the error does not quote the header', () => {
    expect(() => readLinks('secret')).toThrow(/^(?!.*secret)/);
  });
});
