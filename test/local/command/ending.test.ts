import { CommanderError } from 'commander';
import { afterEach, beforeEach, describe, expect, type MockInstance, test, vi } from 'vitest';
import { OutOfTime } from '../../../lambda/errors/out-of-time.ts';
import { StoreFailure } from '../../../lambda/errors/store-failure.ts';
import { Answered } from '../../../local/command/answered.ts';
import { explain } from '../../../local/command/ending.ts';
import { WrongUse } from '../../../local/command/wrong-use.ts';

describe('a command that ends with an error', () => {
  let told: MockInstance<typeof console.error>;
  beforeEach(() => {
    told = vi.spyOn(console, 'error').mockImplementation(() => {});
  });
  afterEach(() => told.mockRestore());

  test.each<[string, unknown, number, string[]]>([
    ['that it has answered', new Answered(), 0, []],
    ['of Commander’s, which has told its help', new CommanderError(0, 'commander.help', 'help'), 0, []],
    ['of Commander’s, which has told what is wrong', new CommanderError(1, 'commander.x', 'bad'), 2, []],
    ['of wrong use', new WrongUse('Error: this.\nSee that.'), 2, ['Error: this.\nSee that.']],
    ['for people', new StoreFailure('The disk is full.'), 1, ['Error: The disk is full.']],
    ['that nobody has caught', new OutOfTime('late'), 1, ['Error: a fault of this program: late']],
    ['of no kind', new TypeError('x is null'), 1, ['Error: a fault of this program: x is null']],
    ['that is none', 'thrown', 1, ['Error: a fault of this program: thrown']],
  ])('%s', (_, error, code, sentences) => {
    expect(explain(error, 'Error: ')).toBe(code);
    expect(told.mock.calls.flat()).toEqual(sentences);
  });

  test('a message that begins by itself is told as it is', () => {
    expect(explain(new StoreFailure('Parser Error: near FROM'))).toBe(1);
    expect(told.mock.calls).toEqual([['Parser Error: near FROM']]);
  });
});
