import { describe, expect, test } from 'vitest';
import { readAnswer } from '../../../lambda/braze/answer.ts';
import { NoAnswer } from '../../../lambda/errors/no-answer.ts';

const judge = (
  status: number,
  body = '',
  {
    headers = {},
    endpoint = 'status',
    cursor = true,
  }: {
    headers?: Record<string, string>;
    endpoint?: 'list' | 'status';
    cursor?: boolean;
  } = {},
) => readAnswer(endpoint, cursor, { status, headers: new Headers(headers), body });

const invalidCursor = '{"message":"Invalid cursor"}';
const invalidIntegration = '{"message":"Invalid integration ID"}';

describe('readAnswer', () => {
  test('a page has its rows as they were sent, and its links', () => {
    const headers = { link: '<?cursor=b>; rel="next"' };
    const page = judge(200, '{"results":[ {"a":1.0} , 5 ],"message":"success"}', { headers });
    if (page.kind !== 'page') return expect.fail(page.kind);
    expect(page.results.map(({ text }) => text)).toEqual(['{"a":1.0}', '5']);
    expect(page.links).toEqual({ next: 'b' });
  });

  test.each([429])('%i is the limit', (status) => {
    expect(judge(status, '<html>')).toEqual({ kind: 'limited' });
  });

  test.each([401, 403] as const)('%i is a denial, of either endpoint', (status) => {
    expect(judge(status)).toEqual({ kind: 'denied', status });
    expect(judge(status, '', { endpoint: 'list' })).toEqual({ kind: 'denied', status });
  });

  test('404 is an unknown integration, or an endpoint that is not Braze', () => {
    expect(judge(404)).toEqual({ kind: 'unknown_integration' });
    expect(judge(404, '', { endpoint: 'list' })).toEqual({ kind: 'denied', status: 404 });
  });

  test('400 is about the integration where it says so, else about the cursor that was sent', () => {
    expect(judge(400, invalidIntegration)).toEqual({ kind: 'unknown_integration' });
    expect(judge(400, invalidIntegration, { cursor: false })).toEqual({ kind: 'unknown_integration' });
    for (const body of [invalidCursor, '', 'null', '[]', '{"message":5}', '{"errors":["x"]}']) {
      expect(judge(400, body)).toEqual({ kind: 'cursor_refused' });
    }
  });

  test.each([400, 401, 403, 404, 429])('P10: an HTML page with %i is nobody of Braze', (status) => {
    const judged = () => judge(status, '<html>Please log in</html>');
    if (status === 429) expect(judged()).toEqual({ kind: 'limited' });
    else expect(judged).toThrow(NoAnswer);
  });

  test.each([
    400, 402, 405, 409, 410, 418, 422, 500, 502, 503, 504, 520, 599, 201, 202, 204, 206, 300, 301, 302, 307,
    308,
  ])('%i without a cursor is no answer, and worth another try', (status) => {
    expect(() => judge(status, '', { cursor: false })).toThrow(NoAnswer);
    expect(() => judge(status, '', { cursor: false })).toThrow(String(status));
  });

  test('every status is either judged or no answer', () => {
    for (let status = 200; status < 600; status += 1) {
      for (const body of ['', invalidCursor, invalidIntegration, '{"results":[]}']) {
        for (const cursor of [true, false]) {
          for (const endpoint of ['list', 'status'] as const) {
            try {
              expect(judge(status, body, { cursor, endpoint }).kind).toMatch(/^[a-z_]+$/);
            } catch (error) {
              expect(error).toBeInstanceOf(NoAnswer);
            }
          }
        }
      }
    }
  });

  test.each([
    ['', 'no content type'],
    ['<html>Please log in</html>', 'text/html'],
    ['{"results":[{"a":1}', 'application/json'],
    ['{"results":[]}garbage', 'application/json'],
    ['{"message":"failure"}', 'application/json'],
    ['{"message":"success","results":null}', 'application/json'],
    ['{"results":null}', 'application/json'],
    ['{"results":{}}', 'application/json'],
    ['[]', 'application/json'],
    ['null', 'application/json'],
    [`{"results":{"a":${'['.repeat(50_000)}${']'.repeat(50_000)}}}`, 'application/json'],
  ])('P10: 200 with such a body is no answer (case %#)', (body, type) => {
    const headers: Record<string, string> = type.includes('/')
      ? { 'content-type': `${type}; charset=utf-8` }
      : {};
    expect(() => judge(200, body, { headers })).toThrow(NoAnswer);
    expect(() => judge(200, body, { headers })).toThrow(`(${type})`);
  });

  test.each([
    ['garbage', '(its Link header can not be read)'],
    ['</page/2>; rel="next"', '(its Link header names no cursor for the next page)'],
  ])('P3: a page with the Link header %s is no answer, never the last page', (link, message) => {
    const judged = () => judge(200, '{"results":[]}', { headers: { link } });
    expect(judged).toThrow(NoAnswer);
    expect(judged).toThrow(message);
  });

  test('a message of success without results is an empty page', () => {
    const body = '{"message":"success"}';
    const first = { cursor: false };
    expect(judge(200, body, first)).toEqual({ kind: 'page', results: [], links: {} });
    expect(() => judge(200, '{"message":"success","results":null}', first)).toThrow(NoAnswer);
    // Braze may have purged all that stood there.
    expect(judge(200, body)).toEqual({ kind: 'page', results: [], links: {} });
    // Every integration would be gone with it.
    expect(() => judge(200, body, { ...first, endpoint: 'list' })).toThrow(NoAnswer);
  });

  test('P10: one row nested 20,000 deep keeps nothing from the others on its page', () => {
    const deep = `{ "a":${'['.repeat(20_000)}"]}"${']'.repeat(20_000)} }`;
    const rows = ['{"b": "]}, \\" [{" }', deep, '[ ]', '5', `{"c":${deep}}`, '{"d":1.0}'];
    for (const list of [`[ ${rows.join(' , ')} ]`, `[${rows.join(',')}]`]) {
      const page = judge(200, ` {"other":[{"results":[1]}], "results": ${list},"message":"success"} `);
      if (page.kind !== 'page') return expect.fail(page.kind);
      expect(page.results.map(({ text }) => text)).toEqual(rows);
      const isDeep = page.results.map(({ isTooDeep = false }) => isTooDeep);
      expect(isDeep).toEqual([false, true, false, false, true, false]);
    }
  });

  test('P12: what a server echoes is not quoted', () => {
    for (const status of [200, 302, 400, 500]) {
      const headers = { 'content-type': 'Bearer KEY', location: 'https://x/KEY', link: 'KEY' };
      expect(() => judge(status, '{"message":"Bearer KEY"}', { headers, cursor: false })).toThrow(
        /^(?!.*KEY)/s,
      );
    }
  });

  test('P10: the list endpoint knows no unknown integration', () => {
    const body = '{"message":"Cloud Data Ingestion integrations are not available"}';
    expect(() => judge(400, body, { endpoint: 'list', cursor: false })).toThrow(NoAnswer);
  });

  test('P3: a refused cursor is one, also where the message speaks of the integration', () => {
    expect(judge(400, '{"message":"Invalid cursor for this integration"}')).toEqual({
      kind: 'cursor_refused',
    });
  });

  test('an answer without a content type is said to have none', () => {
    expect(() => judge(200, '')).toThrow('(no content type)');
  });

  test('P10: a link without a relation does no harm', () => {
    expect(judge(200, '{"results":[]}', { headers: { link: '<https://docs.example>' } }).kind).toBe('page');
  });
});
