/**
 * Who has denied a call, and what to do about that, found in AWS's own sentence: by the error's name alone an
 * organisation's policy, a KMS key and a bucket's policy are all the same.
 */

import { revertDrift } from './revert-drift.ts';

const advice: readonly (readonly [RegExp, string])[] = [
  [
    /service control policy|resource control policy/i,
    'is forbidden to this function by a policy of your organisation: ask whoever keeps its policies to allow what is ' +
      'named at the end. Deploying again changes nothing.',
  ],
  [
    /permissions boundary/i,
    'is forbidden to this function by the permissions boundary of its role: ask whoever keeps it to allow what is ' +
      'named at the end.',
  ],
  [
    /\bkms:|\bKMS\b|customer master key/i,
    'is encrypted with a KMS key that this function may not use: name it as encryptionKeyArn in cdk.json and deploy, ' +
      "and let the key's own policy allow the role what is named at the end.",
  ],
  [
    /vpc endpoint policy/i,
    'is forbidden to this function by the policy of a VPC endpoint: allow there what is named at the end.',
  ],
  [
    /resource-based policy/i,
    'is forbidden to this function by the policy of the resource itself, such as that of a bucket, which somebody has ' +
      'added or changed: take out there what denies it.',
  ],
  [
    /no identity-based policy/i,
    `is not allowed to the role of this function any more: ${revertDrift} sets the role right, which a deployment of ` +
      'the same does not.',
  ],
];

/** The rest of a sentence that begins with the place; undefined where AWS has not said who. */
export const denialAdvice = (words: string): string | undefined =>
  advice.find(([pattern]) => pattern.test(words))?.[1];
