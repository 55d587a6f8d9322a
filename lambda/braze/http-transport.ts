/**
 * The HTTP edge. It sends a request with the key and gives back what came, or says in a sentence of its own
 * why nothing came: the HTTP client's errors carry the request with the key in it, and never leave this file.
 */

import ky from 'ky';
import { NoAnswer } from '../errors/no-answer.ts';
import { NoConnection, type Obstacle } from '../errors/no-connection.ts';
import { isLoopback } from './endpoint.ts';
import type { Transport } from './transport.ts';

/** A page is some three kilobytes; a body beyond this is not one. */
const largestBody = 8 * 1024 * 1024;

/**
 * @param endpoint base URL of the Braze instance. @param apiKey a REST API key, printable ASCII.
 * @param isProxied whether the environment names a proxy: a failure may then be the proxy's.
 */
export function httpTransport(endpoint: URL, apiKey: string, isProxied = false): Transport {
  const base = `${endpoint.origin}${endpoint.pathname.replace(/\/+$/, '')}`;
  return async ({ path, timeout, signal }) => {
    const timer = AbortSignal.timeout(timeout);
    try {
      const response = await ky(`${base}${path}`, {
        headers: { accept: 'application/json', authorization: `Bearer ${apiKey}` },
        signal: signal ? AbortSignal.any([timer, signal]) : timer,
        // Pacing and retrying are the run's own: each attempt counts against the limit.
        retry: 0,
        timeout: false,
        throwHttpErrors: false,
        // A redirect would carry the key to wherever it points.
        redirect: 'manual',
      });
      return { status: response.status, headers: response.headers, body: await readBody(response) };
    } catch (error) {
      throw translated(error, { endpoint, isProxied, timedOutAfter: timer.aborted ? timeout : undefined });
    }
  };
}

async function readBody(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    if (size > largestBody) throw new NoAnswer(`an answer of more than ${largestBody / 1024 / 1024} MB`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

const unreachable: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'the connection was refused',
  ENOTFOUND: 'the host name is not known',
  EAI_AGAIN: 'the host name could not be looked up',
  EHOSTUNREACH: 'the host can not be reached',
  ENETUNREACH: 'the network can not be reached',
  ETIMEDOUT: 'the host does not answer',
  UND_ERR_CONNECT_TIMEOUT: 'the host does not answer',
};

const unknownNames = new Set(['ENOTFOUND', 'EAI_AGAIN']);

interface Circumstances {
  readonly endpoint: URL;
  readonly isProxied: boolean;
  readonly timedOutAfter: number | undefined;
}

/** A sentence of our own, without the client's error, even as a cause. */
function translated(error: unknown, { endpoint, isProxied, timedOutAfter }: Circumstances): NoAnswer {
  if (error instanceof NoAnswer) return error;
  if (timedOutAfter !== undefined)
    return new NoAnswer(`no whole answer in ${Math.round(timedOutAfter / 1000)} s`);
  const unconnected = (reason: string, obstacle: Obstacle) =>
    new NoConnection(`no connection to ${endpoint.host}: ${reason}`, obstacle);
  const proxyStatus = proxyStatusOf(error);
  if (proxyStatus) return unconnected(`the proxy answers ${proxyStatus}${proxyAdvice(proxyStatus)}`, 'proxy');
  const code = codeOf(error);
  const reason = code && unreachable[code];
  if (reason)
    return unconnected(reason + wayOut(endpoint, isProxied), unknownNames.has(code) ? 'name' : 'way');
  if (code && /CERT|ERR_TLS|ERR_SSL|UNABLE_TO_VERIFY|SELF_SIGNED/.test(code))
    return unconnected(
      `its certificate is not accepted (${code}); where your network signs with a certificate of its own, name ` +
        'the file of that in NODE_EXTRA_CA_CERTS',
      'certificate',
    );
  if (isBadPort(error)) return unconnected('this port is kept for other services than HTTP', 'way');
  return new NoAnswer(`the answer broke off${code ? ` (${code})` : ''}`);
}

/** What may be the cause where hosts outside are not reached. */
function wayOut(endpoint: URL, isProxied: boolean): string {
  if (isLoopback(endpoint)) return '';
  return isProxied
    ? '; unless NO_PROXY names this host, it goes through the proxy of HTTPS_PROXY or HTTP_PROXY'
    : '; where a proxy leads out of your network, name it in HTTPS_PROXY';
}

/** The client says in words alone that a proxy refuses. */
function proxyStatusOf(error: unknown): string | undefined {
  for (let each = error; each instanceof Error; each = each.cause) {
    const status = /^Proxy response \((\d{3})\)/.exec(each.message)?.[1];
    if (status) return status;
  }
  return undefined;
}

const proxyAdvice = (status: string): string =>
  status === '407' ? ': it wants a name and a password, as in http://NAME:PASSWORD@proxy.example:8080' : '';

function codeOf(error: unknown): string | undefined {
  for (let each = error; each instanceof Error; each = each.cause) {
    if ('code' in each && typeof each.code === 'string' && /^[A-Z_0-9]+$/.test(each.code)) return each.code;
    if (each instanceof AggregateError && each.errors.length > 0) return codeOf(each.errors[0]);
  }
  return undefined;
}

/** Fetch goes to no port of a well-known service; it says so without a code. */
function isBadPort(error: unknown): boolean {
  for (let each = error; each instanceof Error; each = each.cause)
    if (each.message === 'bad port') return true;
  return false;
}
