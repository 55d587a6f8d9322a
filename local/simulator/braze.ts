import { type Answer, refusal } from './answer.ts';
import { pageBody } from './body.ts';
import type { Lie } from './lies/lie.ts';
import { limitHeaders } from './limit-headers.ts';
import { writeLinkHeader } from './link-header.ts';
import { inOrder } from './order.ts';
import { cutPage } from './page.ts';
import { denial, type Keys } from './permissions.ts';
import { defaultQuirks, type Quirks } from './quirks.ts';
import { busiestMinute, type LoggedRequest } from './request-log.ts';
import { RequestWindow } from './request-window.ts';
import { type RequestKind, type Route, routeOf } from './route.ts';
import type { World } from './world.ts';

export interface SimulatedRequest {
  /** With its query. */
  readonly path: string;
  /** The header as sent: `Bearer …`. */
  readonly authorization?: string | undefined;
}

export interface SimulatedBrazeOptions {
  /** What differs from `defaultQuirks`. */
  readonly quirks?: Partial<Quirks>;
  /** Keys that are known, and their permissions. @default none: every request is served, with or without a key */
  readonly keys?: Keys;
  /** Where `linkForm: 'absolute'` points. @default 'https://rest.iad-01.braze.com' */
  readonly origin?: string;
}

/** Cloud Data Ingestion's two endpoints, without I/O or a clock: time comes with the request. */
export class SimulatedBraze {
  /** May be changed between requests. */
  readonly quirks: Quirks;
  /** May be replaced between requests, as when a key is rotated. */
  keys: Keys | undefined;
  origin: string;
  /** What is said in place of the true answer; may be replaced between requests. */
  lie: Lie | undefined;
  /** Every request, in the order of arrival. */
  readonly log: LoggedRequest[] = [];
  /** Requests that arrived, refused ones among them. */
  readonly requests = { list: 0, status: 0 };
  readonly #world: World;
  readonly #windows = { list: new RequestWindow(), status: new RequestWindow() };

  constructor(world: World, options: SimulatedBrazeOptions = {}) {
    this.#world = world;
    this.quirks = { ...defaultQuirks, ...options.quirks };
    this.keys = options.keys;
    this.origin = options.origin ?? 'https://rest.iad-01.braze.com';
  }

  answer({ path, authorization }: SimulatedRequest, at: number): Answer {
    const route = routeOf(path);
    const { kind, integrationId, cursor } = route;
    const truth = dated(this.#judge(route, authorization, at), at);
    const answer = this.lie?.(truth, { ...route, at, ordinal: this.log.length + 1 }) ?? truth;
    if (kind !== 'other') this.requests[kind]++;
    this.log.push({
      at,
      kind,
      ...(integrationId === undefined ? {} : { integrationId }),
      ...(cursor === undefined ? {} : { cursor }),
      status: answer.status,
    });
    return answer;
  }

  /** The largest number of requests that arrived within any 60 seconds. */
  busiestMinute(kind: RequestKind): number {
    return busiestMinute(this.log, kind);
  }

  #judge(route: Route, authorization: string | undefined, at: number): Answer {
    const { kind } = route;
    const denied = this.keys && denial(this.keys, authorization, kind);
    if (denied) return denied;
    if (kind === 'other') return refusal(404, 'Invalid URL');
    const limit = kind === 'list' ? this.quirks.listLimit : this.quirks.statusLimit;
    const admission = this.#windows[kind].admit(at, limit, this.quirks.limitWindow);
    const headers = limitHeaders(this.quirks.limitHeaders, admission, at, this.log.length);
    if (!admission.admitted) return refusal(429, 'Rate limit exceeded', headers);
    return this.#page(route, at, headers);
  }

  #page(route: Route, at: number, headers: Record<string, string>): Answer {
    const { quirks } = this;
    const items = this.#items(route, at);
    if (!items) return refusal(quirks.unknownIntegration, 'Invalid integration ID', headers);
    const page = cutPage(items, route.cursor, quirks, at);
    if (!page) return refusal(400, 'Invalid cursor', headers);
    const { pathname: path, encodedId } = route;
    const target = { path, origin: this.origin, ...(encodedId === undefined ? {} : { encodedId }) };
    const link = writeLinkHeader(page, target, quirks);
    return {
      status: 200,
      headers: { 'content-type': 'application/json', ...headers, ...(link === undefined ? {} : { link }) },
      body: pageBody(page.items, quirks),
    };
  }

  #items({ integrationId }: Route, at: number): readonly unknown[] | undefined {
    if (integrationId === undefined) return this.#world.integrations(at);
    const rows = this.#world.rows(integrationId, at);
    return rows && inOrder(rows, this.quirks.order);
  }
}

/** To the second, as HTTP has it. */
function dated(answer: Answer, at: number): Answer {
  return { ...answer, headers: { date: new Date(at).toUTCString(), ...answer.headers } };
}
