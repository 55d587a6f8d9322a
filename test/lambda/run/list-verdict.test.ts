import { describe, expect, test } from 'vitest';
import { IntegrationRuns } from '../../../lambda/run/integration-runs.ts';
import { judgeList } from '../../../lambda/run/list-verdict.ts';
import { answerOf, asked } from './integrations.ts';
import { began } from './requesting.ts';

const minute = 60_000;
const hour = 60 * minute;

interface Judged {
  readonly known: readonly string[];
  readonly named: readonly string[];
  /** Whom the status endpoint does not know. */
  readonly unknown?: readonly string[];
  readonly isWhole?: boolean;
  readonly at?: number;
  /** Runs of before, over the same integrations. */
  readonly before?: IntegrationRuns;
}

function judged({ known, named, unknown = [], isWhole = true, at = began, before }: Judged) {
  const integrations = before ?? new IntegrationRuns();
  integrations.takeNamed(known);
  for (const id of named) integrations.takeListed(id);
  for (const id of unknown) {
    const asked = { cursor: null, askedAt: at, now: at, isListed: true };
    integrations.byId.get(id)?.take({ kind: 'unknown_integration' }, asked);
  }
  const isNamed = ({ id }: { id: string }) => named.includes(id);
  const sentences = judgeList(integrations, { began: at, isWhole, isNamed });
  const conditionOf = Object.fromEntries(integrations.all.map(({ id, state }) => [id, state.condition]));
  return { sentences, conditionOf, integrations };
}

describe('P16: who is gone', () => {
  test('not one that is not known where the list was not read to its end: it says so, and fails no run', () => {
    const { sentences, integrations } = judged({
      known: ['a', 'b'],
      named: ['a'],
      unknown: ['b'],
      isWhole: false,
    });
    expect(sentences).toEqual([]);
    const stateOf = (id: string) => integrations.byId.get(id)?.state;
    expect(stateOf('a')?.failure).toBeNull();
    expect(stateOf('b')).toMatchObject({
      condition: 'present',
      failure:
        'Braze does not know this integration (404). Whether it is gone, the list of integrations tells, which was not read to its end.',
    });
  });

  test('one that the list misses and the status endpoint does not know', () => {
    const { sentences, conditionOf } = judged({ known: ['a', 'b'], named: ['a'], unknown: ['b'] });
    expect([sentences, conditionOf]).toEqual([[], { a: 'present', b: 'gone' }]);
  });

  test('not one that the list misses and the status endpoint knows', () => {
    const { sentences, conditionOf } = judged({ known: ['a', 'b'], named: ['a'] });
    expect([sentences, conditionOf]).toEqual([[], { a: 'present', b: 'present' }]);
  });

  test.each([
    ['an hour', hour, 'gone'],
    ['less than an hour', hour - 1, 'present'],
  ])('one that is known, and still missing %s later', (_, later, condition) => {
    const { integrations } = judged({ known: ['a', 'b'], named: ['a'] });
    const again = judged({ known: [], named: ['a'], at: began + later, before: integrations });
    expect([again.sentences, again.conditionOf]).toEqual([[], { a: 'present', b: condition }]);
  });

  test('the hour begins anew for one that was named in between', () => {
    const { integrations } = judged({ known: ['a', 'b'], named: ['a'] });
    judged({ known: [], named: ['a', 'b'], at: began + 30 * minute, before: integrations });
    const third = judged({ known: [], named: ['a'], at: began + hour, before: integrations });
    expect(third.conditionOf).toEqual({ a: 'present', b: 'present' });
  });

  test('a clock that was ahead does not put the hour off', () => {
    const { integrations } = judged({ known: ['a', 'b'], named: ['a'], at: began + 24 * hour });
    judged({ known: [], named: ['a'], before: integrations });
    const third = judged({ known: [], named: ['a'], at: began + hour, before: integrations });
    expect(third.conditionOf).toEqual({ a: 'present', b: 'gone' });
  });

  test('and one that is not missing for all that is not mentioned: where nothing is undecided, nothing is said', () => {
    const { integrations } = judged({ known: ['a', 'b'], named: ['a'], isWhole: false });
    expect(integrations.byId.get('b')?.state.failure).toBeNull();
  });

  test('most of them, where they were missing an hour ago as well: that is no doubt any more', () => {
    const { integrations } = judged({ known: ['a', 'b', 'c'], named: ['a'] });
    for (const each of integrations.due) {
      each.startHead();
      each.next();
      each.take(answerOf([1]), asked());
    }
    const again = judged({ known: [], named: ['a'], at: began + hour, before: integrations });
    expect([again.sentences, again.conditionOf]).toEqual([[], { a: 'present', b: 'gone', c: 'gone' }]);
  });

  test('nobody by a list that was not read to its end', () => {
    const { sentences, conditionOf, integrations } = judged({
      known: ['a', 'b'],
      named: [],
      unknown: ['b'],
      isWhole: false,
    });
    expect([sentences, conditionOf]).toEqual([[], { a: 'present', b: 'present' }]);
    expect(integrations.isComplete).toBe(false);
  });
});

describe('P16: a list that is empty, or misses more than half', () => {
  test.each([
    ['empty', [], 'names none of the 3 '],
    ['short', ['a'], 'names only 1 of the 3 '],
  ])('%s: a doubt, nobody is gone', (_, named, sentence) => {
    const { sentences, conditionOf } = judged({ known: ['a', 'b', 'c'], named, unknown: ['b'] });
    expect(sentences).toEqual([expect.stringContaining(sentence)]);
    expect(conditionOf).toEqual({ a: 'present', b: 'failing', c: 'present' });
  });

  test('wrong ids that were once named by hand are none of those that are known', () => {
    const before = new IntegrationRuns();
    before.takeNamed(['a', 'wrong', 'mistaken']);
    for (const id of ['wrong', 'mistaken']) before.byId.get(id)?.fail('Check the id.');
    const { sentences, conditionOf } = judged({
      known: [],
      named: ['a'],
      unknown: ['wrong', 'mistaken'],
      before,
    });
    expect([sentences, conditionOf]).toEqual([[], { a: 'present', wrong: 'gone', mistaken: 'gone' }]);
  });

  test('nor do they make the others more than half', () => {
    const before = new IntegrationRuns();
    before.takeNamed(['a', 'wrong']);
    before.byId.get('wrong')?.fail('Check the id.');
    expect(judged({ known: [], named: [], before }).sentences).toEqual([
      expect.stringContaining('names none of the 1 '),
    ]);
  });

  test('one that could not be read lately is one of those that are known', () => {
    const before = new IntegrationRuns();
    before.takeNamed(['a']);
    const [a] = before.due;
    a?.startHead();
    a?.next();
    a?.take(answerOf([1]), asked());
    a?.fail('No answer.');
    expect(judged({ known: [], named: [], before }).sentences).toEqual([
      expect.stringContaining('names none of the 1 '),
    ]);
  });

  test('half of them is no doubt', () => {
    const { sentences, conditionOf } = judged({ known: ['a', 'b'], named: ['b'], unknown: ['a'] });
    expect([sentences, conditionOf]).toEqual([[], { a: 'gone', b: 'present' }]);
  });

  test('is said in every run of the hour, and believed after it', () => {
    const { integrations } = judged({ known: ['a', 'b', 'c'], named: [] });
    const soon = judged({ known: [], named: [], at: began + 59 * minute, before: integrations });
    expect(soon.sentences).toHaveLength(1);
    const later = judged({ known: [], named: [], at: began + hour, before: integrations });
    expect(later.sentences).toEqual([]);
    expect(later.conditionOf).toEqual({ a: 'gone', b: 'gone', c: 'gone' });
  });

  test('is no doubt where nobody is known', () => {
    expect(judged({ known: [], named: [] }).sentences).toEqual([]);
  });
});

describe('P16: listed, and unknown to the status endpoint', () => {
  test('a contradiction: failing, with a sentence that names it, and not gone', () => {
    const { sentences, conditionOf } = judged({ known: [], named: ['a', 'b'], unknown: ['b'] });
    expect(sentences).toEqual([expect.stringMatching(/^Integration b could not be exported\. .*\(404\)/)]);
    expect(conditionOf).toEqual({ a: 'present', b: 'failing' });
  });

  test('also while the list is not at its end', () => {
    const { conditionOf } = judged({ known: [], named: ['a'], unknown: ['a'], isWhole: false });
    expect(conditionOf).toEqual({ a: 'failing' });
  });

  test('many of them: one sentence', () => {
    const ids = ['a', 'b', 'c', 'd', 'e'];
    const { sentences } = judged({ known: [], named: ids, unknown: ids });
    expect(sentences).toEqual([
      expect.stringMatching(
        /lists 5 integrations whose history it does not know \(404\), among them a, b, c;/,
      ),
    ]);
  });

  test('up to three of them: one sentence each', () => {
    const ids = ['a', 'b', 'c'];
    expect(judged({ known: [], named: ids, unknown: ids }).sentences).toHaveLength(3);
  });
});
