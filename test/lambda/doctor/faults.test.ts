/** Each fault alone: it is named, with a sentence that mends it, and nothing else is; what is mended passes. */
import { expect, test } from 'vitest';
import { apiKeyFault } from '../../../lambda/braze/api-key.ts';
import { NoConnection, type Obstacle } from '../../../lambda/errors/no-connection.ts';
import { type Answer, refusal } from '../../../local/simulator/answer.ts';
import type { Lie } from '../../../local/simulator/lies/lie.ts';
import type { LieName } from '../../../local/simulator/lies/told-lie.ts';
import { examined, type Fault, sentinels, troubles } from './examining.ts';

type Case = readonly [name: string, fault: Fault, found: string, hint: RegExp];

const badKey = (key: string): Fault => ({
  options: { key: { fault: `BRAZE_API_KEY ${apiKeyFault(key)}.` } },
});
const at = (endpoint: string): Fault => ({ options: { endpoint } });
const always = (name: LieName): Fault => ({ quirks: { lies: [{ name, after: 0, times: null }] } });
const unconnected = (obstacle: Obstacle): Fault => ({
  transport: () => Promise.reject(new NoConnection('no connection', obstacle)),
});
const onlyFirst =
  (fault: 'reset' | 'html'): NonNullable<Fault['faults']> =>
  ({ index }) =>
    index === 0 ? fault : undefined;

function firstAgain(): Lie {
  const firstPages = new Map<string, Answer>();
  return (answer, { integrationId = '', cursor }) => {
    if (cursor === undefined) firstPages.set(integrationId, answer);
    return firstPages.get(integrationId) ?? answer;
  };
}

const withLink =
  (change: (link: string) => string): Lie =>
  (answer) =>
    answer.headers.link === undefined
      ? answer
      : { ...answer, headers: { ...answer.headers, link: change(answer.headers.link) } };

const farStep = withLink((link) =>
  link.replaceAll(/c2tpcDo[^>]*/g, Buffer.from('skip:20').toString('base64')),
);

const faults: Case[] = [
  ['no URL', at('rest.fra-01.braze.eu'), 'failed endpoint, address', /base URL/],
  ['http to a host outside', at('http://rest.fra-01.braze.eu'), 'failed endpoint, address', /https:/],
  [
    'a password in the address',
    at('https://a:b@rest.fra-01.braze.eu'),
    'failed endpoint, address',
    /password/,
  ],
  ['a query in the address', at('https://rest.fra-01.braze.eu/?a=b'), 'failed endpoint, address', /query/],
  ['the dashboard', at('https://dashboard-01.braze.eu'), 'failed endpoint, host', /REST API/],
  ['a key in quotes', badKey('"abc"'), 'failed key, form', /quotes/],
  ['a key with a blank', badKey('abc def'), 'failed key, form', /space/],
  ['an empty key', badKey(' '), 'failed key, form', /empty/],
  ['a wrong key', { keys: {} }, 'failed key, accepted', /new REST API key.*endpoint/],
  [
    'no permission for the list',
    { keys: { [sentinels.key]: ['cdi.integration_job_status'] } },
    'failed permissions, cdi.integration_list',
    /new key .*cdi\.integration_list/,
  ],
  [
    'no permission for the syncs',
    { keys: { [sentinels.key]: ['cdi.integration_list'] } },
    'failed permissions, cdi.integration_job_status',
    /new key .*cdi\.integration_job_status/,
  ],
  [
    'an allowlist',
    { lie: ({ headers: { date = '' } }) => refusal(403, 'IP address is not on the allowlist', { date }) },
    'failed allowlist, this machine',
    /allowlist of a new key/,
  ],
  ['a host of no name', unconnected('name'), 'failed connection, host name', /DNS/],
  ['a closed firewall', unconnected('way'), 'failed connection, way', /443/],
  [
    'a foreign certificate',
    unconnected('certificate'),
    'failed connection, certificate',
    /NODE_EXTRA_CA_CERTS/,
  ],
  ['a proxy that refuses', unconnected('proxy'), 'failed connection, proxy', /proxy/],
  ['a closed port', at('http://127.0.0.1:9'), 'failed connection, way', /HTTPS_PROXY/],
  ['a log-in page', { faults: () => 'html' }, 'failed connection, answer', /log-in/],
  [
    'a redirect',
    { faults: () => ({ redirect: 'https://login.example/' }) },
    'failed connection, answer',
    /base URL/,
  ],
  [
    'an error of the server',
    { faults: () => ({ status: 503 }) },
    'failed connection, answer',
    /status\.braze\.com/,
  ],
  ['a connection that is reset', { faults: () => 'reset' }, 'failed connection, answer', /firewall/],
  ['answers cut short', { faults: () => 'cut' }, 'failed connection, answer', /firewall/],
  ['half a JSON', { faults: () => 'not_json' }, 'failed connection, answer', /Something between/],
  ['an answer without an end', { faults: () => 'oversized' }, 'failed connection, answer', /proxy/],
  [
    'a teapot',
    { faults: () => ({ status: 418, body: '{}', headers: { 'content-type': 'application/json' } }) },
    'failed connection, answer',
    /Something between/,
  ],
  ['one answer lost', { faults: onlyFirst('reset') }, 'warning connection, answer', /asks again/],
  [
    'a log-in page before histories alone',
    { faults: ({ kind, path }) => (kind === 'status' && /sentinel/.test(path) ? 'html' : undefined) },
    'failed integrations, known',
    /log-in/,
  ],
  ['a clock that is wrong', { aheadMs: 3_600_000 }, 'warning connection, clock', /NTP/],
  ['no app_group_id', { integration: { app_group_id: null } }, 'warning instance, workspace', /--workspace/],
  ['no integration', always('empty list'), 'warning integrations, list', /another workspace/],
  [
    'ids that can not be read',
    { integration: { integration_id: null } },
    'failed integrations, list',
    /--integration/,
  ],
  [
    'an integration of another name',
    { options: { integrations: ['sentinelid-four'] } },
    'failed integrations, known',
    /Copy the id/,
  ],
  ['no history is known', always('not found'), 'failed integrations, known', /path of the endpoint/],
  [
    'one integration is forbidden',
    { quirks: { lies: [{ name: 'forbidden', integrationId: 'sentinelid-two', after: 0, times: null }] } },
    'warning permissions, cdi.integration_job_status',
    /goes on with the others/,
  ],
  ['no Link header', always('page without Link'), 'failed paging, pages', /header Link/],
  [
    'a Link header that can not be read',
    { lie: withLink(() => '<broken') },
    'warning integrations, known',
    /Something between/,
  ],
  ['the first page again', { lie: firstAgain() }, 'failed paging, pages', /cache/],
  [
    'a cursor that is refused',
    {
      lie: (answer, { kind, cursor }) =>
        kind === 'status' && cursor !== undefined ? refusal(400, 'Invalid cursor') : answer,
    },
    'failed paging, pages',
    /rewrites addresses/,
  ],
  ['steps of two pages', { lie: farStep }, 'warning paging, step', /left out/],
  ['starts that can not be read', always('unplaceable starts'), 'failed rows, placed', /ISO 8601/],
  [
    'one row without a start',
    { row: (row, index) => (index === 33 ? { ...row, sync_start_time: null } : row) },
    'warning rows, placed',
    /quarantine/,
  ],
  ['no order', { quirks: { order: 'unordered' } }, 'warning rows, order', /as a whole/],
  ['counts that are none', { row: (row) => ({ ...row, rows_synced: 'many' }) }, 'warning rows, typed', /raw/],
  [
    'a new status',
    { row: (row) => ({ ...row, job_status: 'limit_exceeded' }) },
    'warning rows, words',
    /raw/,
  ],
  ['a new field', { row: (row) => ({ ...row, run_id: 1 }) }, 'warning rows, words', /raw/],
  [
    'a limit that is used up once',
    { quirks: { lies: [{ name: 'limited', after: 1, times: 1 }] } },
    'warning limits, room',
    /requests-per-minute/,
  ],
  ['a lower limit', { quirks: { statusLimit: 60 } }, 'warning limits, status budget', /to 60/],
  ['odd headers', { quirks: { limitHeaders: 'nonsense' } }, 'warning limits, headers', /does without/],
];

test.each(faults)('%s is named, and nothing else', async (_, fault, found, hint) => {
  const { diagnosis, server } = await examined(fault);
  expect(troubles(diagnosis)).toEqual([found]);
  const checks = diagnosis.categories.flatMap((category) => category.checks);
  expect(checks.find(({ result }) => result === 'failed' || result === 'warning')?.hint).toMatch(hint);
  expect(server.requests.length).toBeLessThanOrEqual(20);
});

test('what is mended passes, as a whole', async () => {
  const { diagnosis } = await examined();
  const results = diagnosis.categories.flatMap(({ checks }) => checks.map(({ result }) => result));
  expect(new Set(results)).toEqual(new Set(['ok']));
});
