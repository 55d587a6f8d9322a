/** Whether the key opens what the exporter asks for, told by the real requests. */
import type { Asked } from './asking.ts';
import { type Check, failed, ok, skipped, warning } from './check.ts';
import type { Head } from './sightings.ts';

export const permissions = { list: 'cdi.integration_list', status: 'cdi.integration_job_status' } as const;

type Denial = 401 | 403 | undefined;

export function denialOf(asked: Asked | undefined): Denial {
  const answer = asked?.kind === 'answered' ? asked.answer : undefined;
  return answer?.kind === 'denied' && answer.status !== 404 ? answer.status : undefined;
}

/** @param asked all that was asked. */
export function acceptedCheck(asked: readonly Asked[]): Check {
  const answered = asked.filter(({ kind }) => kind === 'answered');
  if (answered.length === 0) return skipped('accepted', 'nothing was answered');
  const refused = answered.filter((each) => denialOf(each) === 401);
  if (refused.length === 0) return ok('accepted', 'Braze knows it');
  if (refused.length < answered.length)
    return warning(
      'accepted',
      'refused (401) for some of what was asked',
      'The exporter goes on with what is answered; if it stays so, ask the support of Braze.',
    );
  return failed(
    'accepted',
    'Braze refuses it (401)',
    'It is wrong, was deleted, or belongs to another instance than this endpoint: make a new REST API key under ' +
      'Settings, APIs and Identifiers, and take the endpoint that is shown there.',
  );
}

const newKey = (permission: string): string =>
  `Make a new key that has the permission ${permission}: a key's permissions are fixed when it is made.`;

/** @param asked what needs the permission. */
export function permissionCheck(permission: string, asked: readonly Asked[]): Check {
  if (asked.length === 0) return skipped(permission, 'not needed: the integrations are named');
  const heard = asked.filter(({ kind }) => kind === 'answered');
  if (heard.length === 0) return skipped(permission, 'nothing was answered');
  const forbidden = heard.filter((each) => denialOf(each) === 403);
  if (forbidden.length === 0)
    return heard.some((each) => denialOf(each) === 401)
      ? skipped(permission, 'the key is not accepted')
      : ok(permission, 'the key has it');
  if (forbidden.length < heard.length)
    return warning(
      permission,
      'refused (403) for some integrations',
      'The exporter goes on with the others: look at these integrations in Braze.',
    );
  if (isAboutAddress(forbidden)) return skipped(permission, 'the allowlist comes first');
  return failed(permission, 'refused (403)', newKey(permission));
}

/** The status endpoint is asked for an integration that nobody has first: that needs the permission as well. */
export const askedForStatus = (stranger: Asked, heads: readonly Head[]): Asked[] => [
  stranger,
  ...heads.map(({ asked }) => asked),
];

const ofAddress =
  'Add the address from which this machine reaches Braze to the allowlist of a new key (it is fixed, too); in AWS ' +
  'that is the address of the NAT gateway, so that the function needs a VPC.';

/** Only the message of a refusal may speak of it; it is not repeated. */
export function allowlistCheck(asked: readonly Asked[]): Check {
  const heard = asked.filter(({ kind }) => kind === 'answered');
  if (heard.length === 0) return skipped('this machine', 'nothing was answered');
  const refused = heard.filter((each) => denialOf(each) !== undefined);
  if (refused.length < heard.length) return ok('this machine', 'let in');
  if (isAboutAddress(refused)) return failed('this machine', 'left out', ofAddress);
  if (refused.every((each) => denialOf(each) === 403))
    return warning(
      'this machine',
      'everything is refused (403)',
      `If the permissions are right: ${ofAddress}`,
    );
  return skipped('this machine', 'the key is not accepted');
}

const isAboutAddress = (asked: readonly Asked[]): boolean =>
  asked.some(
    (each) => each.kind === 'answered' && /\bIP\b|allow ?-?list|white ?-?list/i.test(each.reply.body),
  );
