/** The address, before anything is sent to it. */
import { endpointFault, isBraze, isDashboard, isLoopback } from '../braze/endpoint.ts';
import { type Check, failed, ok, skipped, warning } from './check.ts';

const example = 'such as https://rest.fra-01.braze.eu';

export function endpointChecks(text: string): Check[] {
  const fault = endpointFault(text);
  const url = URL.parse(text);
  if (fault || !url) {
    const hint = `The endpoint ${fault ?? 'must be a URL'}: name the base URL of the Braze instance, ${example}.`;
    return [failed('address', 'it can not be used', hint), skipped('host', 'the address comes first')];
  }
  return [ok('address', 'it can be used'), hostCheck(url), pathCheck(url)];
}

function hostCheck(url: URL): Check {
  if (isBraze(url)) return ok('host', 'one of Braze');
  if (isLoopback(url)) return ok('host', 'this machine');
  if (isDashboard(url))
    return failed(
      'host',
      "Braze's dashboard",
      `It answers with pages for people: name the REST API of the same instance, ${example}.`,
    );
  return warning(
    'host',
    'not one of Braze',
    'It is used all the same. Unless it leads to Braze on purpose, take the REST endpoint that Braze shows under ' +
      'Settings, APIs and Identifiers.',
  );
}

function pathCheck({ pathname }: URL): Check {
  if (pathname === '/') return ok('path', 'none');
  return warning(
    'path',
    'the address has one',
    "Braze's base URLs have none: unless a gateway of your own wants it, end the address with the host.",
  );
}
