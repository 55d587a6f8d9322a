import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { refusal } from './answer.ts';
import { SimulatedBraze } from './braze.ts';
import type { Fault } from './faults.ts';
import type { Keys } from './permissions.ts';
import type { Quirks } from './quirks.ts';
import { type RequestKind, routeOf } from './route.ts';
import { send, sendFault } from './send-fault.ts';
import type { World } from './world.ts';

export interface ReceivedRequest {
  /** Counts from 0. */
  readonly index: number;
  readonly at: number;
  readonly method: string;
  /** With its query, as it came. */
  readonly path: string;
  readonly kind: RequestKind;
  readonly authorization?: string;
  readonly fault?: Fault;
}

export interface SimulatedBrazeServerOptions {
  readonly world: World;
  readonly quirks?: Partial<Quirks>;
  /** @default none: every request is served */
  readonly keys?: Keys;
  /** Milliseconds since the epoch. @default Date.now */
  readonly now?: () => number;
  /** What to do in place of answering this request; undefined answers it. */
  readonly faults?: (request: { index: number; path: string; kind: RequestKind }) => Fault | undefined;
}

export interface SimulatedBrazeServer {
  /** Base URL. */
  readonly endpoint: string;
  readonly braze: SimulatedBraze;
  /** All that came, in the order of arrival: also what a fault kept from the simulated Braze. */
  readonly requests: readonly ReceivedRequest[];
  /** Ends everything at once, hanging answers too. */
  close(): Promise<void>;
}

/** A simulated Braze on loopback, at a port of the system's choice. */
export async function startSimulatedBraze(
  options: SimulatedBrazeServerOptions,
): Promise<SimulatedBrazeServer> {
  const { world, quirks, keys, now = Date.now, faults } = options;
  const braze = new SimulatedBraze(world, { ...(quirks ? { quirks } : {}), ...(keys ? { keys } : {}) });
  const requests: ReceivedRequest[] = [];

  const server = createServer((request, response) => {
    const received = receive(request, requests.length, now(), faults);
    requests.push(received);
    const { method, path, authorization, at, fault } = received;
    const answer = () =>
      method === 'GET' ? braze.answer({ path, authorization }, at) : refusal(404, 'Invalid URL');
    respond(response, fault, answer);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  braze.origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    endpoint: braze.origin,
    braze,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function receive(
  request: IncomingMessage,
  index: number,
  at: number,
  faults: SimulatedBrazeServerOptions['faults'],
): ReceivedRequest {
  const path = request.url ?? '/';
  const { kind } = routeOf(path);
  const { authorization } = request.headers;
  const fault = faults?.({ index, path, kind });
  return {
    index,
    at,
    method: request.method ?? 'GET',
    path,
    kind,
    ...(authorization === undefined ? {} : { authorization }),
    ...(fault === undefined ? {} : { fault }),
  };
}

function respond(
  response: ServerResponse,
  fault: Fault | undefined,
  answer: () => ReturnType<SimulatedBraze['answer']>,
): void {
  // A client that has gone is no concern of the server's.
  response.on('error', () => {});
  if (fault === undefined) send(response, answer());
  else sendFault(fault, response, answer);
}
