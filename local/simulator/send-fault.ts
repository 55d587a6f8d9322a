import type { ServerResponse } from 'node:http';
import type { Answer } from './answer.ts';
import type { Fault } from './faults.ts';

/** @param answer asks the simulated Braze for what the right answer would have been. */
export function sendFault(fault: Fault, response: ServerResponse, answer: () => Answer): void {
  // Nothing to do for a hang: the server's close ends it.
  if (fault === 'reset') response.socket?.resetAndDestroy();
  else if (fault === 'cut') sendHalf(response, answer());
  else if (fault === 'html') send(response, html);
  else if (fault === 'not_json') send(response, notJson);
  else if (fault === 'oversized') sendWithoutEnd(response);
  else if (fault !== 'hang') sendOwn(fault, response, answer);
}

function sendOwn(fault: Exclude<Fault, string>, response: ServerResponse, answer: () => Answer): void {
  if ('delay' in fault) sendLate(response, answer(), fault.delay);
  else if ('redirect' in fault) {
    send(response, { status: 302, headers: { location: fault.redirect }, body: '' });
  } else {
    send(response, { status: fault.status, headers: fault.headers ?? {}, body: fault.body ?? '' });
  }
}

export function send(response: ServerResponse, { status, headers, body }: Answer): void {
  if (status === 0) {
    response.socket?.resetAndDestroy();
    return;
  }
  response.writeHead(status, { 'content-length': Buffer.byteLength(body), ...headers });
  response.end(body);
}

const html: Answer = {
  status: 200,
  headers: { 'content-type': 'text/html; charset=utf-8' },
  body: '<!doctype html><html><head><title>Log in</title></head><body>Please log in.</body></html>',
};

const notJson: Answer = {
  status: 200,
  headers: { 'content-type': 'application/json' },
  body: '{"results":[{"job_status":',
};

function sendHalf(response: ServerResponse, { status, headers, body }: Answer): void {
  const bytes = Buffer.from(body);
  response.writeHead(status, { ...headers, 'content-length': bytes.length });
  response.write(bytes.subarray(0, bytes.length / 2), () => response.socket?.destroy());
}

function sendLate(response: ServerResponse, answer: Answer, delay: number): void {
  const timer = setTimeout(() => send(response, answer), delay);
  response.once('close', () => clearTimeout(timer));
}

function sendWithoutEnd(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.write('{"results":[{"job_status":"success"}');
  const chunk = ',{"job_status":"success"}'.repeat(2000);
  // Paced by the client's reading, or the server would fill its own memory.
  const pump = () => {
    while (!response.destroyed && response.write(chunk));
    response.once('drain', pump);
  };
  pump();
}
