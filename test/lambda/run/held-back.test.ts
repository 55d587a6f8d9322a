import { expect, test } from 'vitest';
import { newWorkspaceFacts } from '../../../lambda/checkpoint/workspace-facts.ts';
import { heldBackNow, keepHeldBack } from '../../../lambda/run/held-back.ts';
import { historyOf, now, runOf, stretch } from './integrations.ts';

const askedFrom = now - 60_000;
const earlier = now - 3 * 60 * 60_000;

const heldBack = (id: string) => {
  const integration = runOf(id);
  integration.holdBack('Its record is damaged.');
  return integration;
};
const readAt = (id: string, headAt: number) => runOf(id, historyOf([stretch(1, 9)], { headAt }), 1);

test('held back are those that are now, since when they first were, and those that nobody has read since', () => {
  const integrations = [heldBack('new'), heldBack('again'), readAt('unread', earlier), readAt('read', now)];
  const before = new Map(['again', 'unread', 'read', 'no longer known'].map((id) => [id, earlier]));
  expect(heldBackNow(integrations, before, { askedFrom, now })).toEqual(
    new Map([
      ['new', now],
      ['again', earlier],
      ['unread', earlier],
    ]),
  );
});

test('one that never was held back is not, though this run has not read it', () => {
  const integrations = [readAt('a', earlier), readAt('b', earlier)];
  expect(heldBackNow(integrations, new Map([['b', earlier]]), { askedFrom, now })).toEqual(
    new Map([['b', earlier]]),
  );
});

test('one that is gone is held back no more', () => {
  const gone = readAt('a', earlier);
  gone.leave();
  expect(heldBackNow([gone], new Map([['a', earlier]]), { askedFrom, now })).toEqual(new Map());
});

test('a hundred are named; where there are more, the lake may be ahead of all', () => {
  const facts = newWorkspaceFacts();
  const ofMany = (count: number) => new Map(Array.from({ length: count }, (_, at) => [`i${at}`, now]));
  keepHeldBack(facts, ofMany(100), false);
  expect([facts.heldBack.size, facts.isLakeAhead]).toEqual([100, false]);
  keepHeldBack(facts, ofMany(101), false);
  expect([facts.heldBack.size, facts.isLakeAhead]).toEqual([100, true]);
});

test('and where the lake was found ahead, and it is not known yet of whom', () => {
  const facts = newWorkspaceFacts();
  keepHeldBack(facts, new Map(), true);
  expect([facts.heldBack.size, facts.isLakeAhead]).toEqual([0, true]);
});

test('and where a run that has lost its lease may still be at work', () => {
  const facts = { ...newWorkspaceFacts(), overtakenUntil: now };
  keepHeldBack(facts, new Map(), false);
  expect(facts.isLakeAhead).toBe(true);
});
