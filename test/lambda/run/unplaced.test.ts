import { describe, expect, test } from 'vitest';
import { formOf } from '../../../lambda/rows/field-form.ts';
import { historyFault, Placings, runFault } from '../../../lambda/run/unplaced.ts';
import { fields, read } from '../rows/rows.ts';

const unplaced = (start: unknown) => read({ ...fields, sync_start_time: start });

function placingsOf(rows: Readonly<Record<string, readonly unknown[]>>): Placings {
  const placings = new Placings();
  for (const [id, starts] of Object.entries(rows)) placings.add(id, starts.map(unplaced));
  return placings;
}

describe('a history of which no row can be placed', () => {
  const { sync_start_time: good } = fields;

  test('has failed, with the reason of most rows and the form of the field, never its value', () => {
    const placings = placingsOf({ a: ['31.12.2025 Mai', '01.01.2026 Jun', null], b: [good] });
    expect(historyFault(placings.of('a'))).toBe(
      'None of the 3 rows read could be placed. sync_start_time is not an ISO 8601 time. It has the form ' +
        '"99.99.9999 aaa", with 9 for digits and a for letters. They are kept in the quarantine.',
    );
    expect(historyFault(placingsOf({ a: [null] }).of('a'))).toBe(
      'None of the 1 rows read could be placed. sync_start_time is missing. They are kept in the quarantine.',
    );
  });

  test('names the reason of most of them, whichever was met first', () => {
    const placings = placingsOf({ a: [null, 'x', 'x'] });
    expect(historyFault(placings.of('a'))).toContain(
      'None of the 3 rows read could be placed. sync_start_time is not',
    );
    expect(historyFault(placingsOf({ a: ['x', null, null] }).of('a'))).toContain(
      'sync_start_time is missing.',
    );
  });

  test('one row that can be placed, or none at all, is no failure', () => {
    const placings = placingsOf({ a: [...Array(30).fill('x'), good], b: [] });
    expect([historyFault(placings.of('a')), historyFault(placings.of('b'))]).toEqual([undefined, undefined]);
    expect(historyFault(placings.of('never met'))).toBeUndefined();
  });
});

test('a run of which most rows can not be placed has failed, though every integration has some that can', () => {
  const { sync_start_time: good } = fields;
  const run = (bad: number, right: number) =>
    runFault(placingsOf({ a: [...Array(bad).fill(1.5), ...Array(right).fill(good)] }).all);
  expect([run(20, 20), run(19, 1)]).toEqual([undefined, undefined]);
  expect(run(20, 19)).toBeDefined();
  expect(run(21, 20)).toMatch(/^Most rows of this run \(21 of 41\) could not be placed\. .* form 9\.9,/);
});

test.each([
  ['"2026-05-31T10:00:00.183Z"', '"9999-99-99a99:99:99.999a"'],
  ['1790000000', '9999999999'],
  ['"Überweisung an Max"', '"aaaaaaaaaaa aa aaa"'],
  ['"٢٠٢٦\u2028<b>"', '"9999??a?"'],
  [`{"a":"${'x'.repeat(50)}"}`, `{"a":"${'a'.repeat(34)}…`],
])('of %s only the form is told', (source, form) => {
  expect(formOf(source)).toBe(form);
});
