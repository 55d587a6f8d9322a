/** Stores that take their time, half of it before they do what they are asked, half of it after. */
import type { Ports } from './disturbance.ts';

type Stores = Pick<Ports, 'objects' | 'checkpoints'>;

/** @param pause takes a while of the virtual clock; awaited on the way there and on the way back. */
export function slowStores({ objects, checkpoints }: Stores, pause: () => Promise<void>): Stores {
  const slowly = async <T>(work: () => Promise<T>): Promise<T> => {
    await pause();
    try {
      return await work();
    } finally {
      await pause();
    }
  };
  return {
    objects: {
      get: (key) => slowly(() => objects.get(key)),
      put: (key, body, expected) => slowly(() => objects.put(key, body, expected)),
    },
    checkpoints: {
      list: (workspace) => slowly(() => checkpoints.list(workspace)),
      get: (workspace, item) => slowly(() => checkpoints.get(workspace, item)),
      put: (workspace, record, expected) => slowly(() => checkpoints.put(workspace, record, expected)),
      ownerIsDead: (owner) => checkpoints.ownerIsDead(owner),
    },
  };
}
