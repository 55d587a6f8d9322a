/** As much of SNS and EventBridge as telling takes, on loopback, for the real clients. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';

export interface SentEntry {
  readonly [name: string]: string;
}

/** How a call is answered: as a whole with an error, or so that these entries are refused, or not at all. */
export type Answer =
  | { readonly status: number; readonly code: string }
  | { readonly refuse: readonly number[] }
  | 'never';

export interface MessagesServer {
  /** For the clients. A test does not wait for another try. */
  readonly place: {
    readonly endpoint: string;
    readonly region: string;
    readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
    readonly maxAttempts: number;
  };
  /** The entries of each call. */
  readonly calls: SentEntry[][];
  /** @default everything is taken */
  answer: (entries: readonly SentEntry[], call: number) => Answer | undefined;
}

export async function startMessagesServer(): Promise<MessagesServer> {
  const server = createServer(async (request, response) => {
    const body = await text(request);
    const isBus = request.headers['x-amz-target'] === 'AWSEvents.PutEvents';
    const entries = isBus ? JSON.parse(body).Entries : snsEntries(new URLSearchParams(body));
    started.calls.push(entries);
    const answer = started.answer(entries, started.calls.length);
    if (answer === 'never') return;
    (isBus ? answerBus : answerTopic)(response, entries, answer);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const started: MessagesServer = {
    place: {
      endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      region: 'us-east-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
      maxAttempts: 1,
    },
    calls: [],
    answer: () => undefined,
  };
  return started;
}

function snsEntries(form: URLSearchParams): SentEntry[] {
  const entries: Record<string, string>[] = [];
  for (const [name, value] of form) {
    const [, at, key] = /^PublishBatchRequestEntries\.member\.(\d+)\.(\w+)$/.exec(name) ?? [];
    if (!at || !key) continue;
    const index = Number(at) - 1;
    entries[index] = { ...entries[index], [key]: value };
  }
  return entries;
}

function answerTopic(
  response: ServerResponse<IncomingMessage>,
  entries: SentEntry[],
  answer?: Exclude<Answer, 'never'>,
) {
  response.setHeader('content-type', 'text/xml');
  if (answer && 'status' in answer) {
    const { status, code } = answer;
    response.statusCode = status;
    response.end(
      `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>No.</Message></Error></ErrorResponse>`,
    );
    return;
  }
  const failed = entries
    .filter((_, index) => answer?.refuse.includes(index))
    .map(
      ({ Id }) => `<member><Id>${Id}</Id><Code>InternalError</Code><SenderFault>false</SenderFault></member>`,
    );
  const taken = entries
    .filter((_, index) => !answer?.refuse.includes(index))
    .map(({ Id }) => `<member><Id>${Id}</Id><MessageId>m</MessageId></member>`);
  response.end(
    `<PublishBatchResponse><PublishBatchResult><Failed>${failed.join('')}</Failed>` +
      `<Successful>${taken.join('')}</Successful></PublishBatchResult></PublishBatchResponse>`,
  );
}

function answerBus(
  response: ServerResponse<IncomingMessage>,
  entries: SentEntry[],
  answer?: Exclude<Answer, 'never'>,
) {
  response.setHeader('content-type', 'application/x-amz-json-1.1');
  if (answer && 'status' in answer) {
    response.statusCode = answer.status;
    response.end(JSON.stringify({ __type: answer.code, message: 'No.' }));
    return;
  }
  const refused = new Set(answer?.refuse);
  response.end(
    JSON.stringify({
      FailedEntryCount: refused.size,
      Entries: entries.map((_, index) =>
        refused.has(index) ? { ErrorCode: 'ThrottlingException', ErrorMessage: 'No.' } : { EventId: 'e' },
      ),
    }),
  );
}
