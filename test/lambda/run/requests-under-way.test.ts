import { expect, test } from 'vitest';
import type { AnsweredPage } from '../../../lambda/run/request-page.ts';
import { RequestsUnderWay } from '../../../lambda/run/requests-under-way.ts';
import { answerOf, now, runOf } from './integrations.ts';

const error = new Error('No answer.');
const answered: AnsweredPage = { answer: answerOf([1]), cursor: null, askedAt: now, answeredAt: now };

test('what comes back is taken in the order in which it comes, answers and errors alike', async () => {
  const underWay = new RequestsUnderWay();
  const [a, b] = [runOf('a'), runOf('b')];
  const ofList = Promise.withResolvers<never>();
  const ofA = Promise.withResolvers<AnsweredPage>();
  const ofB = Promise.withResolvers<AnsweredPage>();
  underWay.addList(ofList.promise);
  underWay.add(a, ofA.promise);
  underWay.add(b, ofB.promise);
  ofB.reject(error);
  expect(await underWay.take()).toEqual({ integration: b, error });
  ofA.resolve(answered);
  expect(await underWay.take()).toEqual({ integration: a, answered });
  ofList.reject(error);
  expect(await underWay.take()).toEqual({ listError: error });
  expect(underWay.isEmpty).toBe(true);
});

test('an integration, and the list, are under way until what came of it was taken', async () => {
  const underWay = new RequestsUnderWay();
  const a = runOf('a');
  expect([underWay.isEmpty, underWay.hasList, underWay.integrations.size]).toEqual([true, false, 0]);
  underWay.addList(Promise.resolve(answered.answer));
  expect([underWay.isEmpty, underWay.hasList]).toEqual([false, true]);
  expect(await underWay.take()).toEqual({ list: answered.answer });
  expect([underWay.isEmpty, underWay.hasList]).toEqual([true, false]);
  underWay.add(a, Promise.resolve(answered));
  expect([underWay.isEmpty, underWay.integrations.has(a)]).toEqual([false, true]);
  await underWay.take();
  expect([underWay.isEmpty, underWay.integrations.has(a)]).toEqual([true, false]);
});

test('who waits is told when something comes', async () => {
  const underWay = new RequestsUnderWay();
  let answer: (answered: AnsweredPage) => void = () => {};
  const a = runOf('a');
  underWay.add(
    a,
    new Promise((resolve) => {
      answer = resolve;
    }),
  );
  const taking = underWay.take();
  answer(answered);
  expect(await taking).toEqual({ integration: a, answered });
});
