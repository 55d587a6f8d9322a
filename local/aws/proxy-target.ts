import { Agent, type IncomingMessage, request as send } from 'node:http';

/** The server behind the proxy. */
export class Target {
  readonly #url: URL;
  readonly #agent = new Agent({ keepAlive: true });

  constructor(url: string) {
    this.#url = new URL(url);
  }

  /** Sends the request on as it came, byte for byte. @returns the answer, whose body is still to come. */
  forward(request: IncomingMessage): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
      const forwarded = send(
        {
          host: this.#url.hostname,
          port: this.#url.port,
          agent: this.#agent,
          method: request.method,
          path: request.url,
          headers: withoutExpectation(request.rawHeaders),
        },
        resolve,
      );
      forwarded.on('error', reject);
      // A client that goes away while it sends must not leave half a request open.
      request.on('close', () => request.complete || forwarded.destroy());
      request.pipe(forwarded);
    });
  }

  close(): void {
    this.#agent.destroy();
  }
}

/** The proxy itself has answered `Expect: 100-continue` by then. */
function withoutExpectation(rawHeaders: readonly string[]): string[] {
  return rawHeaders.filter((_, index) => rawHeaders[index - (index % 2)]?.toLowerCase() !== 'expect');
}
