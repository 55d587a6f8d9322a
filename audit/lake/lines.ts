/** The lines of an object, inflated piece by piece: a large day is never in memory as text. */
import { createGunzip } from 'node:zlib';

/** The object can't be read to its end; the message says why. */
export class Unreadable extends Error {
  override readonly name = 'Unreadable';
}

/** @throws {Unreadable} after the lines that can be read. */
export async function* linesOf(body: Uint8Array): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  let rest = '';
  try {
    for await (const piece of inflated(body)) {
      const lines = (rest + decoder.decode(piece, { stream: true })).split('\n');
      rest = lines.pop() ?? '';
      yield* lines;
    }
    rest += decoder.decode();
  } catch (error) {
    if (error instanceof TypeError) throw new Unreadable('It is not UTF-8.');
    throw new Unreadable('It is not gzip, or not whole.');
  }
  if (rest !== '') throw new Unreadable('Its last line has no end.');
}

function inflated(body: Uint8Array): AsyncIterable<Uint8Array> {
  const gunzip = createGunzip();
  gunzip.end(body);
  return gunzip;
}

/** What of the gzip header is not as the exporter writes it, which depends on no machine and no moment. */
export function headerFault(body: Uint8Array): string | undefined {
  const [, , , flags, ...rest] = body.subarray(0, 10);
  if (flags !== 0 || rest.slice(0, 4).some((byte) => byte !== 0))
    return 'Its gzip header names a file or a time: another program has written it.';
  if (rest[5] !== 255) return 'Its gzip header names an operating system: another program has written it.';
  return undefined;
}
