/**
 * The workspaces' keys, from Secrets Manager. A key is kept for a few minutes between warm invocations, so that
 * a schedule of a minute does not ask for it every time. It is handed to the transport and goes nowhere else.
 */

import { GetParameterError } from '@aws-lambda-powertools/parameters/errors';
import { SecretsProvider } from '@aws-lambda-powertools/parameters/secrets';
import { ResourceNotFoundException, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { awsFailure } from '../aws/aws-failure.ts';
import { denialAdvice } from '../aws/denial.ts';
import { apiKeyFault } from '../braze/api-key.ts';
import { Denied } from '../errors/denied.ts';
import { KeyMissing } from '../errors/key-missing.ts';
import { StoreFailure } from '../errors/store-failure.ts';

/** Seconds. */
const maxAge = 5 * 60;

export class ApiKeySource {
  readonly #client: SecretsManagerClient;
  readonly #secrets: SecretsProvider;

  constructor(client: SecretsManagerClient) {
    this.#client = client;
    this.#secrets = new SecretsProvider({ awsSdkV3Client: client });
  }

  /**
   * The key of a workspace, from the secret of that name or ARN.
   * @throws {KeyMissing} where there is none yet, or an empty one
   * @throws {Denied} where it can't be read, or is none; each a sentence that says how to set it
   */
  async read(workspace: string, secret: string): Promise<string> {
    const text = await this.#valueOf(secret);
    const fault = text === undefined ? 'has no value yet' : apiKeyFault(text);
    if (text !== undefined && fault === undefined) return text.trim();
    // Once it is put right, it is to be seen at once.
    this.#secrets.clearCache();
    const message = toBeSet(workspace, secret, fault ?? '', await this.#client.config.region());
    // A secret that was made without a value is an empty one elsewhere.
    throw (text ?? '').trim() === '' ? new KeyMissing(message) : new Denied(message);
  }

  /** The same, whatever is kept: the key may have been rotated since. @throws as {@link read} */
  readAnew(workspace: string, secret: string): Promise<string> {
    this.#secrets.clearCache();
    return this.read(workspace, secret);
  }

  async #valueOf(secret: string): Promise<string | undefined> {
    try {
      return (await this.#secrets.get(secret, { maxAge }))?.toString() ?? '';
    } catch (wrapped) {
      const error = wrapped instanceof GetParameterError ? wrapped.cause : wrapped;
      // A secret without a value and one that does not exist are told apart by the message alone: both are told what to do.
      if (error instanceof ResourceNotFoundException) return undefined;
      throw refused(secret, error);
    }
  }
}

const toBeSet = (workspace: string, secret: string, fault: string, region: string): string =>
  `The secret ${secret} ${fault}. Set it to the REST API key of workspace ${workspace}, the key alone and ` +
  'without quotes: run this, paste the key, and press Enter and Ctrl-D: ' +
  `aws secretsmanager put-secret-value --region ${region} --secret-id '${secret}' --secret-string file:///dev/stdin`;

/** Who may not read a secret is not told either whether there is one, unless AWS says who has denied it. */
function refused(secret: string, error: unknown): unknown {
  if (error instanceof Error && error.name === 'AccessDeniedException' && !denialAdvice(error.message)) {
    return new Denied(
      `The secret ${secret} is not open to this function, or there is none of that name in this region, or it is ` +
        'encrypted with a key of your own, which this function may not use: see apiKeySecretName in cdk.json. ' +
        `(${error.message})`,
    );
  }
  const failure = awsFailure(`The secret ${secret}`, error);
  return failure instanceof StoreFailure ? new Denied(failure.message) : failure;
}
