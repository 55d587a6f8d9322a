/**
 * What was found, for a person: one line where all is well, else what is not, each with what mends it;
 * and what may be looked at and was not.
 */
import type { Diagnosis } from '../../lambda/doctor/check.ts';
import { wrapped } from '../table/wrapped.ts';

const width = 80;
const indent = 8;

export function diagnosisText({ categories }: Diagnosis): string {
  const checks = categories.flatMap(({ name, checks }) =>
    checks.map((check) => ({ category: name, ...check })),
  );
  const troubles = checks.filter(({ result }) => result === 'failed' || result === 'warning');
  const unseen = checks.filter(({ result, hint }) => result === 'skipped' && hint !== '');
  // Where a single check has nothing to look at, nothing has failed before it.
  const left = categories.filter(({ name, checks }) =>
    checks.every((check) => check.result === 'skipped' && check.name === name),
  );
  return [
    ...(troubles.length === 0 ? [wrapped(allWell(checks), width)] : []),
    ...[...troubles, ...unseen].map(({ category, name, result, seen, hint }) => {
      const [sentences, command] = withoutCommand(hint);
      const text = wrapped(`${result.padEnd(8)}${category}, ${name}: ${seen}. ${sentences}`, width, indent);
      return command === undefined ? text : `${text}\n${' '.repeat(indent)}${command}`;
    }),
    ...(troubles.length > 0 && left.length > 0
      ? [
          wrapped(
            `skipped ${left.map(({ name }) => name).join(', ')}: what they need has failed.`,
            width,
            indent,
          ),
        ]
      : []),
  ].join('\n');
}

/** A command at the end of a hint has a line of its own, however long: one that is broken can not be copied. */
function withoutCommand(hint: string): readonly [sentences: string, command: string | undefined] {
  const [, sentences = hint, command] = /^(.*:) ((?:aws|npx) [a-z].+)$/.exec(hint) ?? [];
  return [sentences, command];
}

function allWell(checks: readonly { readonly category: string; readonly seen: string }[]): string {
  // Of a stack, there is one for each workspace, and most have had it.
  const estimate = checks.find(({ category }) => category === 'history')?.seen;
  return estimate ? `All is well. A first export: ${estimate}.` : 'All is well.';
}
