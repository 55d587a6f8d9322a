/** Braze's two endpoints, read within the rate limit. Neither the key nor a server's words are ever repeated. */
import { AuditFailure } from '../audit-failure.ts';
import { nextCursor } from './link.ts';
import { RateLimit, type Time, waitAfter } from './rate-limit.ts';
import { rawRows } from './raw-rows.ts';

export interface Page {
  readonly rows: readonly string[];
  readonly next: string | undefined;
}

export interface BrazeAccess {
  readonly endpoint: URL;
  readonly apiKey: string;
  readonly requestsPerMinute: number;
  readonly time: Time;
  /** Called before it waits, since Braze has answered 429; in milliseconds. */
  readonly onLimited?: (waitMs: number) => void;
}

const answerMs = 30_000;
const tries = 5;
/**
 * The limit is one of a minute: who is refused for so much longer stands behind somebody who uses it up, and would wait
 * as long as they do.
 */
const mostLimitedMs = 15 * 60_000;
const mostListRequestsPerMinute = 50;

export class BrazeClient {
  requests = 0;
  readonly #access: BrazeAccess;
  readonly #limits: { readonly list: RateLimit; readonly status: RateLimit };

  constructor(access: BrazeAccess) {
    this.#access = access;
    const { requestsPerMinute, time } = access;
    this.#limits = {
      list: new RateLimit(Math.min(requestsPerMinute, mostListRequestsPerMinute), time),
      status: new RateLimit(requestsPerMinute, time),
    };
  }

  /** Pages of the list of integrations. */
  list(): AsyncGenerator<readonly string[]> {
    return this.#pages('/cdi/integrations', this.#limits.list);
  }

  /** Pages of the syncs of an integration; none where Braze does not know it. */
  syncs(integrationId: string): AsyncGenerator<readonly string[]> {
    const path = `/cdi/integrations/${encodeURIComponent(integrationId)}/job_sync_status`;
    return this.#pages(path, this.#limits.status);
  }

  async *#pages(path: string, limit: RateLimit): AsyncGenerator<readonly string[]> {
    const asked = new Set<string>();
    let cursor: string | undefined;
    do {
      const page = await this.#page(path, cursor, limit);
      if (!page) return;
      yield page.rows;
      cursor = page.next;
      // A list that leads back to where it was is over.
      if (cursor !== undefined && asked.has(cursor)) return;
      if (cursor !== undefined) asked.add(cursor);
    } while (cursor !== undefined);
  }

  /** Undefined: there is no such page, nor integration. */
  async #page(path: string, cursor: string | undefined, limit: RateLimit): Promise<Page | undefined> {
    const { time, onLimited } = this.#access;
    let fault = '';
    let limitedSince: number | undefined;
    for (let attempt = 1; attempt <= tries; ) {
      await limit.take();
      this.requests += 1;
      const answer = await this.#ask(path, cursor);
      if (typeof answer === 'string') {
        fault = answer;
        await this.#waitAfter(attempt);
        attempt += 1;
        continue;
      }
      const { status, headers, body } = answer;
      if (status !== 429) limitedSince = undefined;
      if (status === 429) {
        const now = time.now();
        limitedSince ??= now;
        if (now - limitedSince >= mostLimitedMs) throw new AuditFailure(limited);
        const waitMs = waitAfter(headers, now);
        onLimited?.(waitMs);
        await time.sleep(waitMs);
        continue;
      }
      if (status === 401 || status === 403) throw new AuditFailure(denied(status));
      if (status === 400 || (status === 404 && path.includes('job_sync_status'))) return undefined;
      const page = status === 200 ? pageIn(body, headers) : undefined;
      if (page) return page;
      fault = status === 200 ? 'its answer is not a page' : `it answers ${status}`;
      await this.#waitAfter(attempt);
      attempt += 1;
    }
    throw new AuditFailure(`Braze could not be read: ${fault}.`);
  }

  /** Before the next attempt; after the last there is nothing to wait for. */
  async #waitAfter(attempt: number): Promise<void> {
    if (attempt < tries) await this.#access.time.sleep(2 ** attempt * 500);
  }

  /** @returns in words what went wrong, where no answer came. */
  async #ask(
    path: string,
    cursor: string | undefined,
  ): Promise<{ readonly status: number; readonly headers: Headers; readonly body: string } | string> {
    const { endpoint, apiKey } = this.#access;
    const base = `${endpoint.origin}${endpoint.pathname.replace(/\/+$/, '')}`;
    const query = cursor === undefined ? '' : `?cursor=${encodeURIComponent(cursor)}`;
    try {
      const answer = await fetch(`${base}${path}${query}`, {
        headers: { accept: 'application/json', authorization: `Bearer ${apiKey}` },
        // A redirect would carry the key to wherever it points.
        redirect: 'manual',
        signal: AbortSignal.timeout(answerMs),
      });
      return { status: answer.status, headers: answer.headers, body: await answer.text() };
    } catch {
      // The error may carry the request, with the key in it.
      return 'it does not answer';
    }
  }
}

const limited =
  'Braze could not be read: for a quarter of an hour it has answered nothing but 429 (too many requests). ' +
  'Something else may be using up the limit of this workspace: run again when that is over.';

function pageIn(body: string, headers: Headers): Page | undefined {
  try {
    const rows = rawRows(body);
    const isBare = rows === undefined && /^success$/i.test(String(JSON.parse(body)?.message));
    if (!rows && !isBare) return undefined;
    return { rows: rows ?? [], next: nextCursor(headers.get('link')) };
  } catch {
    return undefined;
  }
}

function denied(status: number): string {
  return status === 401
    ? 'Braze refuses the key (401): it is wrong, or of another instance than the endpoint.'
    : 'The key may not do this (403): it needs cdi.integration_list and cdi.integration_job_status.';
}
