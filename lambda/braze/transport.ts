/** What a run sends to Braze and what comes back, without saying how. */
export interface Request {
  /** Below the endpoint, with its query. */
  readonly path: string;
  /** Milliseconds until the whole answer must be there. */
  readonly timeout: number;
  readonly signal?: AbortSignal;
}

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

export type Transport = (request: Request) => Promise<Reply>;
