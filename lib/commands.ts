/** Commands that a person copies from the stack's outputs into a terminal. */
import { Aws } from 'aws-cdk-lib';

/**
 * Asks for the key without showing it, and hands it over on standard input: neither the shell's history nor the
 * list of processes ever holds it. Works in bash and zsh.
 */
export const setKeyCommand = (secretId: string): string =>
  `printf 'Braze REST API key: ' && read -rs KEY && printf %s "$KEY" | aws secretsmanager put-secret-value ` +
  `--region ${Aws.REGION} --secret-id '${secretId}' --secret-string file:///dev/stdin; unset KEY`;

/** Waits for the run to end, as long as that may take, and prints its receipt. */
export const runNowCommand = (functionName: string, workspace: string): string =>
  `aws lambda invoke --region ${Aws.REGION} --function-name ${functionName} ` +
  `--payload '${JSON.stringify({ workspace })}' --cli-binary-format raw-in-base64-out --cli-read-timeout 900 /dev/stdout`;
