/** Some are not answered, or all of a few: who has failed by himself, and what is an outage. */
import { expect, test } from 'vitest';
import { type Lie, noAnswer } from '../../../local/simulator/lies/lie.ts';
import { minute, steadyLab } from '../lab/steady-lab.ts';
import { unavailable } from './outages.ts';

function laboratory(integrations: number, lie?: Lie) {
  const lab = steadyLab({ integrations, rows: 60 }, { latency: [200, 200] });
  lab.braze.lie = lie;
  return lab;
}

test.each([
  ['two of five', /00[34]$/, 2],
  ['the first two of five', /00[01]$/, 2],
  ['three of five', /00[134]$/, 3],
  ['four of five', /00[1-4]$/, 4],
])(
  'P10: %s that are not answered when nobody else is left have failed by themselves',
  async (_, ids, failed) => {
    const lab = laboratory(5);
    await lab.run();
    lab.now += 15 * minute;
    lab.braze.lie = (truth, { integrationId }) => (ids.test(integrationId ?? '') ? unavailable() : truth);
    const result = await lab.run();
    expect(result?.receipt.integrations).toEqual({ total: 5, failed });
    expect(result?.failures).toEqual(Array(failed).fill(expect.stringMatching(/^Integration \S+ could not/)));
  },
);

test('the first two that are asked are not answered, and the third one is: they have failed, and no one else', async () => {
  const lab = laboratory(5, (truth, { integrationId }) =>
    /(000|001)$/.test(integrationId ?? '') ? unavailable() : truth,
  );
  const result = await lab.run();
  expect(result?.receipt).toMatchObject({ integrations: { failed: 2 }, rows: { new: 180 } });
  expect(result?.failures.map((failure) => failure.slice(0, 49))).toEqual([
    'Integration 00000000-0000-4000-8000-000000000000 ',
    'Integration 00000000-0000-4000-8000-000000000001 ',
  ]);
});

test('P8: a deadline that comes before anybody answered is a failure, and is said in a sentence', async () => {
  const lab = laboratory(3, () => ({ ...noAnswer, delayMs: 3_600_000 }));
  const result = await lab.run({ deadline: lab.now + 10_000 });
  expect(result?.receipt.outcome).toBe('failed');
  expect(result?.failures).toEqual([expect.stringMatching(/^Braze answers nothing/)]);
});

test('and is none where a person has stopped it, or where no request was due yet', async () => {
  const stop = new AbortController();
  const stopped = laboratory(3, () => {
    stop.abort();
    return noAnswer;
  });
  const result = await stopped.run({ signal: stop.signal });
  expect([result?.receipt.outcome, result?.failures]).toEqual(['suspended', []]);

  const early = laboratory(3);
  const none = await early.run({ deadline: early.now });
  expect([none?.receipt.outcome, none?.failures]).toEqual(['suspended', []]);
});

test('Retry-After of a 503 is waited for, where it fits', async () => {
  let at = 0;
  const lab = laboratory(1, (truth, request) => {
    if (request.integrationId === undefined || at > 0) return truth;
    at = request.at;
    return unavailable({ 'retry-after': new Date(request.at + 25_000).toUTCString() });
  });
  expect((await lab.run())?.receipt.outcome).toBe('complete');
  const [, second] = lab.braze.log.filter(({ kind }) => kind === 'status');
  expect((second?.at ?? 0) - at).toBeGreaterThanOrEqual(24_000);
});
