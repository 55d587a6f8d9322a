/**
 * A child: writes objects, several at once so that at any moment one of them is at each step, until it is
 * killed; a line for each that is written. A body says itself whether it is whole: a digest, then the rest.
 */
import { randomBytes } from 'node:crypto';
import { entityTag } from '../../../lambda/objects/entity-tag.ts';
import { FileObjectStore } from '../../../local/stores/file-object-store.ts';

const [, , directory = ''] = process.argv;
const store = new FileObjectStore(directory);

async function writeForEver(key: string): Promise<never> {
  for (;;) {
    const rest = randomBytes(200_000);
    const body = Buffer.concat([Buffer.from(entityTag(rest)), rest]);
    await store.put(key, body, (await store.get(key))?.etag);
    console.log(key);
  }
}

await Promise.all(['a/one', 'a/two', 'b/c/three', 'four'].map(writeForEver));
