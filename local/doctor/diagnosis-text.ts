/** What was found, for a person: one line where all is well, else what is not, each with what mends it. */
import type { Check, Diagnosis } from '../../lambda/doctor/check.ts';
import { wrapped } from '../table/wrapped.ts';

const width = 80;

export function diagnosisText({ categories }: Diagnosis): string {
  const checks = categories.flatMap(({ name, checks }) =>
    checks.map((check) => ({ category: name, ...check })),
  );
  const troubles = checks.filter(({ result }) => result === 'failed' || result === 'warning');
  if (troubles.length === 0) return wrapped(allWell(checks), width);
  const left = categories.filter(({ checks }) => checks.every(({ result }) => result === 'skipped'));
  return [
    ...troubles.map(({ category, name, result, seen, hint }) =>
      wrapped(`${result.padEnd(8)}${category}, ${name}: ${seen}. ${hint}`, width, 8),
    ),
    ...(left.length > 0
      ? [wrapped(`skipped ${left.map(({ name }) => name).join(', ')}: what they need has failed.`, width, 8)]
      : []),
  ].join('\n');
}

function allWell(checks: readonly Check[]): string {
  const estimate = checks.find(({ name }) => name === 'first export')?.seen;
  return estimate ? `All is well. A first export: ${estimate}.` : 'All is well.';
}
