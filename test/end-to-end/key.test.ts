import { describe, expect } from 'vitest';
import type { Fault } from '../../local/simulator/faults.ts';
import { filesBelow } from '../local/stores/scratch.ts';
import { filesHolding, sentinel, test } from './export.ts';
import { kept, rawOf } from './lake.ts';
import { syncs, worldOf } from './workspace.ts';

const rows = { a: syncs(23), b: syncs(4) };
const world = worldOf(rows);

const bearer = `Bearer ${sentinel}`;
/** In the envelope of an error, in text and in every header that is read. */
const body = JSON.stringify({ message: `Integration: ${bearer}`, errors: [bearer], results: bearer });
const headers = {
  'x-echo': bearer,
  'x-ratelimit-limit': sentinel,
  'x-ratelimit-remaining': bearer,
  'retry-after': sentinel,
  link: `<${sentinel}>; rel="next"`,
  'www-authenticate': bearer,
  'set-cookie': `key=${sentinel}`,
};

const echoes: [string, Fault][] = [200, 400, 401, 403, 404, 418, 429, 500, 503].map((status) => [
  `an echo under ${status}`,
  { status, headers: { ...headers, ...(status === 429 ? { 'retry-after': '1' } : {}) }, body },
]);
const contentTypes: [string, Fault][] = [
  ['an echo in the content type', { status: 200, headers: { 'content-type': bearer }, body: sentinel }],
  [
    'an echo as the content type',
    { status: 200, headers: { 'content-type': `text/${sentinel}` }, body: sentinel },
  ],
];
const redirects: [string, Fault][] = [
  ['a redirect that holds it', { redirect: `https://foreign.example/?key=${sentinel}` }],
  ['a redirect to itself', { redirect: '/cdi/integrations' }],
];
describe.concurrent('P12: the key appears nowhere', () => {
  /** The list is read in the same way: there, some will do. */
  const ofList = [
    'an echo under 200',
    'an echo under 401',
    'an echo under 500',
    'an echo in the content type',
  ];
  const modes: [string, Fault][] = [...echoes, ...contentTypes, ...redirects, ['silence', 'hang']];
  const cases = [
    ...modes.map(([name, fault]) => [name, 'status', fault] as const),
    ...modes.filter(([name]) => ofList.includes(name)).map(([name, fault]) => [name, 'list', fault] as const),
  ];
  /** What is asked for again and again until the time is up: as soon as it has been met twice. */
  const endless = ['silence', 'an echo under 429'];
  test.for(cases)('%s, from the %s endpoint', async ([name, endpoint, fault], { lab }) => {
    const stop = new AbortController();
    let struck = 0;
    const server = await lab.serve({
      world,
      faults: ({ kind }) => {
        if (kind !== endpoint) return undefined;
        struck += 1;
        if (endless.includes(name) && struck === 2) stop.abort();
        return fault;
      },
    });
    // The lab looks for the key in all that was printed and stored.
    const { receipt } = await lab.exportHere(server, [], { impatient: true, signal: stop.signal });
    expect(receipt.outcome).not.toBe('busy');
    expect(struck).toBeGreaterThan(0);
    expect(server.requests.every(({ authorization }) => authorization === bearer)).toBe(true);
  });

  test.for(['list', 'status'] as const)(
    'by a process, with an echo from the %s endpoint',
    async (endpoint, { lab }) => {
      const echo = { status: 401, headers, body };
      const server = await lab.serve({ world, faults: ({ kind }) => (kind === endpoint ? echo : undefined) });
      const { code, receipt } = await lab.export(server);
      expect({ code, outcome: receipt?.outcome }).toEqual({ code: 1, outcome: 'failed' });
    },
  );

  test('the search for it would find it', async ({ lab }) => {
    const server = await lab.serve({ world: worldOf({ a: [{ ...syncs(1)[0], note: 'needle' }] }) });
    await lab.exportHere(server);
    expect(filesHolding(lab.root, 'needle')).toEqual([
      'data/lake/syncs/workspace=default/dt=2026-01-05/syncs.ndjson.gz',
    ]);
    expect(filesHolding(lab.root, '"owner"')).toEqual([]);
    expect(filesBelow(lab.root).length).toBeGreaterThan(3);
  });
});

describe.concurrent('P12: the key goes to the endpoint alone', () => {
  test.for(['list', 'status'] as const)(
    'and not where the %s endpoint redirects',
    async (endpoint, { lab }) => {
      const foreign = await lab.serve({ world });
      const server = await lab.serve({
        world,
        faults: ({ kind, path }) =>
          kind === endpoint ? { redirect: `${foreign.endpoint}${path}` } : undefined,
      });
      const { receipt, stderr } = await lab.exportHere(server, [], { impatient: true });
      expect(receipt.outcome).toBe('failed');
      expect(stderr).toContain('a redirect (302)');
      expect(foreign.requests).toEqual([]);
    },
  );

  test('P3: and not where links lead', async ({ lab }) => {
    const foreign = await lab.serve({ world });
    const server = await lab.serve({
      world,
      quirks: { linkForm: 'foreign', foreignOrigin: foreign.endpoint },
    });
    expect((await lab.exportHere(server)).receipt.outcome).toBe('complete');
    expect(kept(lab.lake())).toEqual({ a: rawOf(rows.a), b: rawOf(rows.b) });
    expect(foreign.requests).toEqual([]);
  });
});
