/** The way to Braze, from the first thing that was asked. */
import type { Reply } from '../braze/transport.ts';
import { NoConnection, type Obstacle } from '../errors/no-connection.ts';
import { httpDate } from '../time/http-date.ts';
import type { Asked, Asking } from './asking.ts';
import { type Check, failed, ok, skipped, warning } from './check.ts';

const steps: readonly { readonly obstacle: Obstacle; readonly name: string; readonly hint: string }[] = [
  {
    obstacle: 'proxy',
    name: 'proxy',
    hint: 'Ask who runs the proxy to let this host through; where it wants a name and a password, put both into HTTPS_PROXY.',
  },
  {
    obstacle: 'name',
    name: 'host name',
    hint: 'Compare the endpoint with the one that Braze shows under Settings, APIs and Identifiers; behind a proxy, set HTTPS_PROXY, or see whether the one that is set is right; in a VPC, see to its DNS.',
  },
  {
    obstacle: 'way',
    name: 'way',
    hint: 'Let HTTPS (port 443) out to this host: a firewall or a missing route stops it; behind a proxy, set HTTPS_PROXY, or see whether the one that is set is right and answers.',
  },
  {
    obstacle: 'certificate',
    name: 'certificate',
    hint: 'Where your network signs with a certificate of its own, name its file in NODE_EXTRA_CA_CERTS; else this is not Braze.',
  },
];

export function connectionChecks(first: Asked, { mended }: Pick<Asking, 'mended'>): Check[] {
  const error = first.kind === 'in_vain' ? first.error : undefined;
  const obstacle = error instanceof NoConnection ? error.obstacle : undefined;
  const at = obstacle ? steps.findIndex((step) => step.obstacle === obstacle) : steps.length;
  return [
    ...steps.map(({ name, hint }, index) => {
      if (index === at) return failed(name, seenAt(obstacle), hint);
      return index < at ? ok(name, 'nothing in the way') : skipped(name, 'what comes before it fails');
    }),
    obstacle ? skipped('answer', 'what comes before it fails') : answerCheck(first, mended.length > 0),
  ];
}

function seenAt(obstacle: Obstacle | undefined): string {
  if (obstacle === 'name') return 'the name can not be looked up';
  if (obstacle === 'proxy') return 'the proxy refuses';
  return obstacle === 'certificate' ? 'it is not accepted' : 'nobody takes the connection';
}

function answerCheck(first: Asked, wasMended: boolean): Check {
  if (first.kind === 'in_vain') return failed('answer', ...inVain(first.reply, first.error.message));
  if (first.kind !== 'answered') return skipped('answer', 'nothing but that the limit is used up');
  if (first.answer.kind === 'denied' && first.answer.status === 404)
    return failed(
      'answer',
      'it has no such address (404)',
      'The endpoint is not the base URL of a Braze REST API: take the one that Braze shows under Settings, APIs and Identifiers, without a path.',
    );
  if (wasMended)
    return warning(
      'answer',
      'some only came when asked again',
      'The exporter asks again, too; if it stays so, look at the network, and at status.braze.com.',
    );
  return ok('answer', "Braze's");
}

/** Seen, and what mends it. */
export function inVain(reply: Reply | undefined, message: string): readonly [string, string] {
  if (!reply)
    return [
      /^no whole answer/.test(message) ? 'none in time' : 'it breaks off, or has no end',
      'Something takes the connection and does not answer: look at the proxy and the firewall between, and at status.braze.com.',
    ];
  const { status, headers, body } = reply;
  if (status >= 300 && status < 400)
    return [
      `a redirect (${status})`,
      'Braze never sends one, and the key goes nowhere else: take the base URL that Braze shows, with https; a log-in page of your network does this, too.',
    ];
  if (/html/i.test(headers.get('content-type') ?? '') || /^\s*</.test(body))
    return [
      `a web page (${status}), not Braze's JSON`,
      'A proxy, a log-in or a firewall answers in its place, or the endpoint is a site for people: let the host through, and take the REST endpoint.',
    ];
  if (status >= 500)
    return [`an error of the server (${status})`, 'Try again later, and look at status.braze.com.'];
  if (status === 200)
    return [
      "no list of results in Braze's form",
      'Something between changes the answers, or the endpoint is no Braze REST API: compare it with the one that Braze shows.',
    ];
  return [
    `the status ${status}, which Braze does not send here`,
    'Something between answers in its place, or the endpoint is no Braze REST API: compare it with the one that Braze shows.',
  ];
}

/** Braze's clock against this machine's. */
export function clockCheck(first: Asked, mostMs: number): Check {
  const date = first.kind === 'answered' ? httpDate(first.reply.headers.get('date')) : Number.NaN;
  if (first.kind !== 'answered' || Number.isNaN(date)) return skipped('clock', 'the answer has no date');
  if (Math.abs(first.at - date) <= mostMs) return ok('clock', "agrees with Braze's");
  return warning(
    'clock',
    "this machine's differs from Braze's",
    'Set the clock by the network (NTP): by it is judged which syncs are late.',
  );
}
