/** An HTTP answer before it is one. Header names are in lower case. */
export interface Answer {
  /** 0 where nothing comes back. */
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** How long it is held back, in milliseconds. */
  readonly delayMs?: number;
}

/** Braze's envelope of an error. */
export function refusal(
  status: number,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): Answer {
  return {
    status,
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ message, errors: [message] }),
  };
}
