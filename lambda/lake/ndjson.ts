/**
 * Gzipped newline-delimited JSON, read and written in pieces: a day of a thousand integrations is some sixty
 * megabytes of text and must never be in memory whole. The same lines give the same bytes.
 */
import { once } from 'node:events';
import { createGunzip, createGzip, gunzipSync, gzipSync } from 'node:zlib';
import { Damaged } from '../errors/damaged.ts';

/** Below this size the streams cost more than they save. */
const small = 64 * 1024;

/** The lines of an object, without their breaks, in batches. @throws {Damaged} naming the object. */
export async function* readLines(body: Uint8Array, name: string): AsyncGenerator<string[]> {
  try {
    let rest = '';
    for await (const piece of inflated(body)) {
      const lines = (rest + piece).split('\n');
      rest = lines.pop() ?? '';
      yield lines;
    }
    if (rest !== '') throw new Error('The last line has no end.');
  } catch (error) {
    throw error instanceof Damaged ? error : damagedObject(name);
  }
}

export function damagedObject(name: string): Damaged {
  return new Damaged(
    `${name} is damaged and was left as it is. Restore an earlier version of it; or move it and the ` +
      'checkpoint records of its workspace away, and the next run reads the whole history again.',
  );
}

async function* inflated(body: Uint8Array): AsyncGenerator<string> {
  if (body.byteLength < small) {
    yield gunzipSync(body).toString('utf8');
    return;
  }
  const gunzip = createGunzip();
  gunzip.end(body);
  gunzip.setEncoding('utf8');
  yield* gunzip as AsyncIterable<string>;
}

/** Collects lines into an object's body. */
export class LineWriter {
  #pending: string[] = [];
  #pendingSize = 0;
  #gzip: ReturnType<typeof createGzip> | undefined;
  readonly #chunks: Buffer[] = [];

  async write(line: string): Promise<void> {
    this.#pending.push(line, '\n');
    this.#pendingSize += line.length + 1;
    if (this.#pendingSize < small) return;
    if (!this.#gzip) {
      this.#gzip = createGzip();
      this.#gzip.on('data', (chunk: Buffer) => this.#chunks.push(chunk));
    }
    if (!this.#gzip.write(this.#take())) await once(this.#gzip, 'drain');
  }

  async finish(): Promise<Buffer> {
    const last = this.#take();
    if (!this.#gzip) return anonymous(gzipSync(last));
    const ended = once(this.#gzip, 'end');
    this.#gzip.end(last);
    await ended;
    return anonymous(Buffer.concat(this.#chunks));
  }

  #take(): string {
    const text = this.#pending.join('');
    this.#pending = [];
    this.#pendingSize = 0;
    return text;
  }
}

/** The header's tenth byte names the operating system, and would make a laptop's bytes differ from a server's. */
function anonymous(gzipped: Buffer): Buffer {
  gzipped[9] = 255;
  return gzipped;
}
