import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readIntegrationRow, unlistedLine } from '../../../lambda/rows/integration-row.ts';
import { parseElements } from '../../../lambda/rows/json-source.ts';
import { type Member, spaces, stringText, type Tree, textOf, treeText } from './json-text.ts';
import { parseSourced } from './parse-sourced.ts';
import { readLine } from './serde.ts';

const read = (text: string) => readIntegrationRow(parseSourced(text));
const lineOf = (text: string) => {
  const row = read(text);
  return 'line' in row ? readLine('integrations', row.line) : expect.fail(row.reason);
};

const emails = ['"contact_emails"', '"Contact_Emails"', '"CONTACT_EMAILS"', '"contact\\u005femails"'];
const name = fc.oneof(fc.constantFrom(...emails, '"contact_email"', '"integration_name"'), stringText);
const isPersonal = ([key]: Member): boolean => JSON.parse(key).toLowerCase() === 'contact_emails';

function withoutEmails(tree: Tree): Tree {
  if (typeof tree === 'string') return tree;
  if ('items' in tree) return { items: tree.items.map(withoutEmails) };
  const kept = tree.members.filter((member) => !isPersonal(member));
  return { members: kept.map(([key, value]) => [key, withoutEmails(value)] as const) };
}

/** White space outside of strings is no content. */
const compact = (text: string) => text.replace(/"(?:[^"\\]|\\.)*"|\s+/g, (token) => token.trim());

const full = {
  integration_id: 'abc123xyz',
  app_group_id: 'group',
  integration_name: 'Name',
  integration_type: 'users',
  integration_status: 'active',
  contact_emails: 'somebody@example.com',
  last_updated_at: '2026-03-25T12:53:35.183728Z',
  warehouse_type: 'snowflake',
  last_job_start_time: null,
  last_job_status: 'Success',
  next_scheduled_run: '2027-01-01T00:00:00Z',
};

describe('an integration', () => {
  test('becomes a line of its table', () => {
    const { contact_emails, ...raw } = full;
    expect(lineOf(JSON.stringify(full))).toEqual({
      ...raw,
      last_updated_at: '2026-03-25 12:53:35.183',
      next_scheduled_run: '2027-01-01 00:00:00.000',
      listed: true,
      problems: null,
      raw: JSON.stringify(raw),
    });
  });

  test('names what could not be typed in the order of the columns', () => {
    const row = { next_scheduled_run: 'soon', last_updated_at: 5, integration_name: {}, integration_id: 'a' };
    expect(lineOf(JSON.stringify(row)).problems).toBe('integration_name,last_updated_at,next_scheduled_run');
  });

  test('that is no longer listed differs in nothing else', () => {
    const row = read(JSON.stringify(full));
    if (!('line' in row)) return expect.fail(row.reason);
    expect(readLine('integrations', unlistedLine(row.line))).toEqual({
      ...readLine('integrations', row.line),
      listed: false,
    });
    expect(unlistedLine(unlistedLine(row.line))).toBe(unlistedLine(row.line));
  });

  test.each([
    ['5', 'The integration is not an object.'],
    ['null', 'The integration is not an object.'],
    ['{}', 'integration_id is missing or not a string.'],
    ['{"integration_id":""}', 'integration_id is missing or not a string.'],
    ['{"integration_id":7}', 'integration_id is missing or not a string.'],
  ])('P10: %s is kept in quarantine', (raw, reason) => {
    expect(read(raw)).toEqual({ integrationId: null, reason, raw });
  });
});

describe('contact_emails', () => {
  test('is removed at any depth and in any case, and nothing else is', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(name, treeText(name)), { maxLength: 6 }), spaces, (members, gaps) => {
        const tree: Tree = { members: [...members, ['"integration_id"', '"a"']] };
        expect(compact(String(lineOf(textOf(tree, gaps)).raw))).toBe(textOf(withoutEmails(tree)));
      }),
      { numRuns: 1000 },
    );
  });

  test('is not in quarantine either, nor in what is no object', () => {
    for (const text of ['{"contact_emails":"me@x"}', '[{"a":[{"CONTACT_EMAILS":["me@x"]}]}]']) {
      const row = read(text);
      expect('line' in row).toBe(false);
      expect(JSON.stringify(row)).not.toContain('me@x');
    }
  });

  test('where it is not in a row, the row stands as it was sent', () => {
    const text = '{ "integration_id" : "a",\n "more": [ 1, 2 ] }';
    expect(lineOf(text).raw).toBe(text);
  });

  test('P10: a deeply nested integration does no harm', () => {
    for (let depth = 1000; depth < 8000; depth += 500) {
      const text = `{"integration_id":"a","deep":${'['.repeat(depth)}${']'.repeat(depth)}}`;
      try {
        read(text);
      } catch (error) {
        expect(error).toBeInstanceOf(SyntaxError);
      }
    }
  });

  test('P10: is not kept of an integration that is nested too deep to be looked into; its id is', () => {
    const deep = `{"integration_id":"a","x":${'['.repeat(20_000)}"me@x"${']'.repeat(20_000)},"contact_emails":["me@x"]}`;
    const [row] = parseElements(`{"results":[${deep},5]}`, 'results') ?? [];
    const reason = 'It is nested more than 500 levels deep.';
    expect(row && readIntegrationRow(row)).toEqual({ integrationId: 'a', reason, raw: '' });
  });

  test.each(['[', '{'])('P10: hundreds of thousands of values in a row do no harm, in a %s', (bracket) => {
    const values = Array.from({ length: 200_000 }, (_, at) => (bracket === '[' ? '1' : `"k${at}":1`)).join(
      ',',
    );
    const long = bracket === '[' ? `[${values}]` : `{${values}}`;
    const text = `{"integration_id":"a","long":${long},"contact_emails":"me@x"}`;
    expect(lineOf(text).raw).toBe(`{"integration_id":"a","long":${long}}`);
  });
});
