import { describe, expect, test } from 'vitest';
import { confirms, doubts, isUnconfirmed, withdraw } from '../../../lambda/walk/doubt.ts';
import { type DoubtKind, type History, newHistory } from '../../../lambda/walk/history.ts';
import { at } from './pages.ts';

const kinds = ['emptied', 'cut_short', 'moved_back'] as const satisfies readonly DoubtKind[];
const runOf = (history: History) => ({ history, doubtedFirst: new Set<DoubtKind>() });
const doubting = (kind: DoubtKind, since: number) => ({ ...newHistory(), doubt: { kind, since } });

describe('P3: what takes something away', () => {
  test.each(kinds)('is a doubt at the first word: %s', (kind) => {
    const history = newHistory();
    expect(confirms(runOf(history), kind, at(10))).toBe(false);
    expect(history.doubt).toEqual({ kind, since: at(10) });
  });

  test('is believed when the source says the same an hour later in another run, and no sooner; then the doubt is over', () => {
    const history = doubting('emptied', at(10));
    expect(confirms(runOf(history), 'emptied', at(11) - 1)).toBe(false);
    // It counts from when it was said first.
    expect(history.doubt).toEqual({ kind: 'emptied', since: at(10) });
    expect(confirms(runOf(history), 'emptied', at(11))).toBe(true);
    expect(history.doubt).toBeNull();
  });

  test('is not believed by the run that was the first to doubt it, however long that takes', () => {
    const run = runOf(newHistory());
    expect(confirms(run, 'emptied', at(10))).toBe(false);
    expect(confirms(run, 'emptied', at(15))).toBe(false);
    expect(isUnconfirmed(run, 'emptied', at(15))).toBe(true);
    const next = runOf(run.history);
    expect(isUnconfirmed(next, 'emptied', at(15))).toBe(false);
    expect(confirms(next, 'emptied', at(15))).toBe(true);
  });

  test('can be confirmed from an hour later on, and not before; not where it is another, or no time is known', () => {
    const run = runOf(doubting('emptied', at(10)));
    expect(isUnconfirmed(run, 'emptied', at(11) - 1)).toBe(true);
    expect(isUnconfirmed(run, 'emptied', at(11))).toBe(false);
    expect(isUnconfirmed(run, 'cut_short', at(10))).toBe(false);
    expect(isUnconfirmed(run, 'emptied', null)).toBe(false);
  });

  test('is not believed where the source said something else before: that is a doubt of its own', () => {
    const history = doubting('moved_back', at(10));
    expect(confirms(runOf(history), 'emptied', at(12))).toBe(false);
    expect(history.doubt).toEqual({ kind: 'emptied', since: at(12) });
  });
});

describe('a doubt is withdrawn', () => {
  test('where the source has shown the contrary', () => {
    const history = doubting('cut_short', at(10));
    withdraw(history, 'emptied', 'cut_short');
    expect(history.doubt).toBeNull();
  });

  test('and no other with it', () => {
    const history = doubting('cut_short', at(10));
    withdraw(history, 'emptied', 'moved_back');
    expect(history.doubt).toEqual({ kind: 'cut_short', since: at(10) });
  });

  test('and where there is none, none', () => {
    const history = newHistory();
    withdraw(history, ...kinds);
    expect(history.doubt).toBeNull();
  });
});

test('P15: every doubt is a sentence for a person, that says what comes of it in an hour', () => {
  const sentences = kinds.map((kind) => doubts[kind]);
  expect(new Set(sentences).size).toBe(3);
  for (const sentence of sentences) expect(sentence).toMatch(/^[A-Z].+\. If .+ an hour, .+\.$/);
});
