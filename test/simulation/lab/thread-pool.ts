/**
 * Larger objects are compressed by Node's thread pool, in real time. No virtual time may pass meanwhile, or it
 * would hang on the machine's load which task goes on first, and a seed would not replay.
 */
import type { Transform } from 'node:stream';
import { Gzip } from 'node:zlib';

const atWork = new Set<Transform>();

export function threadPoolIsBusy(): boolean {
  return atWork.size > 0;
}

/** Of all compressing and inflating streams. Node tells nowhere how many are at work. */
const prototype: Pick<Transform, '_transform' | '_destroy'> = Object.getPrototypeOf(
  Object.getPrototypeOf(Gzip.prototype),
);
const { _transform: transform, _destroy: destroy } = prototype;
prototype._transform = function (this: Transform, chunk, encoding, callback) {
  atWork.add(this);
  transform.call(this, chunk, encoding, (...result: Parameters<typeof callback>) => {
    atWork.delete(this);
    callback(...result);
  });
};
/** One that fails, at damaged bytes say, is destroyed and does not call back. Its process may have other tests. */
prototype._destroy = function (this: Transform, error, callback) {
  atWork.delete(this);
  destroy.call(this, error, callback);
};
