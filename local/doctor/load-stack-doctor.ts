/** The doctor of a stack is loaded by itself: the AWS SDK is slow to load, and nobody else needs it here. */
import { WrongUse } from '../command/wrong-use.ts';

/** @throws {WrongUse} where the packages for it were left out, as in the container image. */
export async function loadStackDoctor() {
  try {
    const [{ examineStack }, { stackClients }, diagnosis] = await Promise.all([
      import('./stack/examine-stack.ts'),
      import('./stack/clients.ts'),
      import('./stack/stack-diagnosis.ts'),
    ]);
    return { examineStack, stackClients, ...diagnosis };
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND')) throw error;
    throw new WrongUse(
      'Error: --stack needs packages that are not installed here: run it where the stack is deployed from, in a clone ' +
        'after npm ci without --omit=dev. The container image does not have them.',
    );
  }
}
