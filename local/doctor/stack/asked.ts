/** What AWS was asked: its answer, or that it gave none. Who is refused learns what to do; that is a finding, too. */
import { isFromAws } from '../../../lambda/aws/aws-failure.ts';
import { busy, codeOf, denied, signedOut, silent, withoutRegion } from '../../../lambda/aws/failure-kinds.ts';
import { broken, type Check, failed, skipped } from '../../../lambda/doctor/check.ts';
import { setRight } from './set-right.ts';

export type Asked<T> = { readonly answer: T } | { readonly refusal: unknown };

export async function asked<T>(work: () => Promise<T>): Promise<Asked<T>> {
  try {
    return { answer: await work() };
  } catch (refusal) {
    return { refusal };
  }
}

/** Undefined where AWS says that there is no such thing. @param names of the errors that say so. */
export async function orAbsent<T>(names: RegExp, work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Error && names.test(error.name)) return undefined;
    throw error;
  }
}

/** @param action that these credentials need, such as `sqs:GetQueueAttributes`. */
export function judged<T>(
  name: string,
  action: string,
  given: Asked<T>,
  judge: (answer: T) => readonly Check[],
): readonly Check[] {
  if ('refusal' in given) return [refused(name, action, given.refusal)];
  try {
    return judge(given.answer);
  } catch (error) {
    return [broken(name, error)];
  }
}

/** As {@link judged}, where it is no fault that these credentials may not see it: then nobody has looked. */
export function judgedWhereAllowed<T>(
  name: string,
  action: string,
  given: Asked<T>,
  judge: (answer: T) => readonly Check[],
): readonly Check[] {
  if ('refusal' in given && isDenial(given.refusal)) {
    return [
      skipped(name, 'it was not looked at, these AWS credentials may not', `Allow them ${action} for that.`),
    ];
  }
  return judged(name, action, given, judge);
}

const isDenial = (refusal: unknown): boolean => refusal instanceof Error && denied.test(codeOf(refusal));

const advice: readonly (readonly [RegExp, string, string])[] = [
  [
    signedOut,
    'the AWS credentials are wrong, have run out, or there are none',
    'Sign in again, or set AWS_PROFILE.',
  ],
  [busy, 'AWS is busy', 'Ask again.'],
  [silent, 'AWS does not answer', 'Look at the network, the proxy, AWS_REGION and AWS_ENDPOINT_URL.'],
];

/** AWS's own sentence is left out: it may repeat what was sent. */
export function refused(name: string, action: string, error: unknown): Check {
  if (!(error instanceof Error)) return broken(name, error);
  if (withoutRegion.test(error.message)) {
    return failed(name, 'it can not be asked, no region is known', 'Set AWS_REGION.');
  }
  const code = codeOf(error);
  if (denied.test(code)) {
    return failed(
      name,
      `it can not be seen, these AWS credentials may not (${code})`,
      `Allow them ${action}, or use others.`,
    );
  }
  const [, seen, hint] = advice.find(([pattern]) => pattern.test(code)) ?? [];
  if (seen !== undefined && hint !== undefined)
    return failed(name, `it can not be asked, ${seen} (${code})`, hint);
  return isFromAws(error)
    ? failed(
        name,
        `it can not be asked, AWS refuses (${code})`,
        `Look at it in the AWS console. What was changed there by hand is set right by ${setRight}`,
      )
    : broken(name, error);
}
