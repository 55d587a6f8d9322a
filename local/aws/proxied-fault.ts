import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { setTimeout as after } from 'node:timers/promises';
import type { Fault } from './fault-proxy.ts';
import type { Target } from './proxy-target.ts';

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
