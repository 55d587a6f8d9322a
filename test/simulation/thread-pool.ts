/**
 * Larger objects are compressed by Node's thread pool, in real time. No virtual time may pass meanwhile, or it
 * would hang on the machine's load which task goes on first, and a seed would not replay.
 */
import type { Transform } from 'node:stream';
import { Gzip } from 'node:zlib';

let inWork = 0;

export function threadPoolIsBusy(): boolean {
  return inWork > 0;
}

/** Of all compressing and inflating streams. Node tells nowhere how many are at work. */
const prototype: Pick<Transform, '_transform'> = Object.getPrototypeOf(Object.getPrototypeOf(Gzip.prototype));
const transform = prototype._transform;
prototype._transform = function (this: Transform, chunk, encoding, callback) {
  inWork += 1;
  transform.call(this, chunk, encoding, (...result: Parameters<typeof callback>) => {
    inWork -= 1;
    callback(...result);
  });
};
