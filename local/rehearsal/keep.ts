/** `--keep`: everything is left running, for a look. */
import type { Deployed } from './deployed.ts';
import type { Rehearsal } from './rehearsal.ts';

export function howToLook(
  { localAws, braze }: Pick<Rehearsal, 'localAws' | 'braze'>,
  { bucket, table, runNow, followLog }: Deployed,
  directory: string,
): string {
  const variables = Object.entries(localAws.environment).map(([name, value]) => `  export ${name}=${value}`);
  return [
    '',
    'Everything is left running until Ctrl-C, and the schedule goes on firing. In another terminal:',
    '',
    ...variables,
    '',
    `  aws s3 ls --recursive s3://${bucket}/`,
    `  aws dynamodb scan --table-name ${table}`,
    `  ${runNow}`,
    `  ${followLog}`,
    '',
    `The simulated Braze is at ${braze.endpoint}, with the key ${braze.key()}`,
    `Logs are in ${directory}`,
  ].join('\n');
}
