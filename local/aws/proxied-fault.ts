import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { setTimeout as after } from 'node:timers/promises';
import type { Target } from './proxy-target.ts';

/**
 * - `refuse`: resets the connection; the target never hears of the request
 * - `hang`: takes the request, forwards nothing and never answers
 * - `lose_answer`: forwards, lets it be carried out, then resets the connection without an answer
 * - `cut_body`: forwards, promises the answer's whole length, sends half and closes the connection
 * - `status`: an answer of one's own; nothing is forwarded
 * - `delay`: the right answer, so many milliseconds late
 */
export type Fault =
  | 'refuse'
  | 'hang'
  | 'lose_answer'
  | 'cut_body'
  | {
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: string;
    }
  | { readonly delay: number };

/** Answers a request as the fault says. Rejects where the target could not be reached. */
export async function commit(
  fault: Fault | undefined,
  request: IncomingMessage,
  response: ServerResponse,
  target: Target,
): Promise<void> {
  if (fault === undefined) await pass(await target.forward(request), response);
  else if (fault === 'refuse') request.socket.resetAndDestroy();
  else if (fault === 'hang') request.resume();
  else if (fault === 'lose_answer') await lose(await target.forward(request), response);
  else if (fault === 'cut_body') await cut(await target.forward(request), response);
  else if ('delay' in fault) {
    const answer = await target.forward(request);
    await after(fault.delay);
    await pass(answer, response);
  } else {
    // A client that is told of an error while it sends may wait until all is sent.
    request.resume();
    const { status, headers, body = '' } = fault;
    response.writeHead(status, { 'content-length': Buffer.byteLength(body), ...headers }).end(body);
  }
}

async function pass(answer: IncomingMessage, response: ServerResponse): Promise<void> {
  response.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
  await pipeline(answer, response);
}

/** The end of the answer is awaited: by then the target is done. */
async function lose(answer: IncomingMessage, response: ServerResponse): Promise<void> {
  await bodyOf(answer);
  response.socket?.resetAndDestroy();
}

async function cut(answer: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await bodyOf(answer);
  const { 'transfer-encoding': _, ...headers } = answer.headers;
  response.writeHead(answer.statusCode ?? 502, { ...headers, 'content-length': body.length });
  response.write(body.subarray(0, body.length / 2), () => response.socket?.destroy());
}

async function bodyOf(answer: IncomingMessage): Promise<Buffer> {
  return Buffer.concat(await Array.fromAsync(answer));
}
