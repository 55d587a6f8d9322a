/** What programs need that are to talk to the local AWS, and to no other. */
import { join } from 'node:path';

export const localAccount = '000000000000';
export const localRegion = 'us-east-1';

/** @param directory a scratch folder: the CDK CLI keeps an account number by access key, and must not mix this up with real ones. */
export function clientEnvironment(endpoint: string, directory: string): Record<string, string> {
  return {
    AWS_ENDPOINT_URL: endpoint,
    AWS_ENDPOINT_URL_S3: endpoint,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_REGION: localRegion,
    AWS_DEFAULT_REGION: localRegion,
    // Neither the user's own profiles nor a machine's role must be found.
    AWS_CONFIG_FILE: join(directory, 'no-aws-config'),
    AWS_SHARED_CREDENTIALS_FILE: join(directory, 'no-aws-credentials'),
    AWS_EC2_METADATA_DISABLED: 'true',
    CDK_HOME: join(directory, 'cdk-home'),
    CDK_DISABLE_CLI_TELEMETRY: 'true',
  };
}

/** What of a user's environment leads elsewhere: another account, or a proxy that does not reach this machine. */
const foreign = /^(AWS|CDK)_|^(https?|all)_proxy$/i;

/** The environment of this process, turned towards the local AWS. */
export function environmentFor(local: Readonly<Record<string, string>>): Record<string, string | undefined> {
  const own = Object.entries(process.env).filter(([name]) => !foreign.test(name));
  return { ...Object.fromEntries(own), ...local };
}
