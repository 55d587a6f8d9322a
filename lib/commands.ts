/**
 * Commands that a person copies from the stack's outputs into a terminal. They work in bash and zsh, and with the
 * AWS CLI 1 and 2 alike: of the two only `fileb://` takes an event as it is.
 */
import { Aws } from 'aws-cdk-lib';
import { reportKey } from '../lambda/schema/keys.ts';
import { secretLogicalId, secretLogicalIdInShell } from './workspace-id.ts';

/** Leaves the name in `$WORKSPACE`: asked for, where there is more than one. */
const whichWorkspace = (workspaces: readonly string[]): string => {
  const [only, ...more] = workspaces;
  return more.length === 0 ? `WORKSPACE=${only}` : "printf 'Workspace: ' && read -r WORKSPACE";
};

/**
 * Asks for the key without showing it, and hands it over on standard input: neither the shell's history nor the
 * list of processes ever holds it. A secret that the stack has not made is not found, and so not overwritten.
 * @param workspaces whose secrets the stack has made. @param prefix of their logical ids.
 */
export const setKeyCommand = (workspaces: readonly string[], prefix = ''): string => {
  const [only, ...more] = workspaces;
  const id =
    only !== undefined && more.length === 0 ? secretLogicalId(only) : secretLogicalIdInShell('$WORKSPACE');
  return (
    `${whichWorkspace(workspaces)} && ` +
    `SECRET=$(aws cloudformation describe-stack-resources --region ${Aws.REGION} --stack-name ${Aws.STACK_NAME} ` +
    `--logical-resource-id "${prefix}${id}" --query 'StackResources[0].PhysicalResourceId' --output text) && ` +
    `printf 'Braze REST API key of %s: ' "$WORKSPACE" && read -rs KEY && printf %s "$KEY" | ` +
    `aws secretsmanager put-secret-value --region ${Aws.REGION} --secret-id "$SECRET" ` +
    '--secret-string file:///dev/stdin; unset KEY'
  );
};

/** Returns at once: the answer to a run of a quarter of an hour would be cut off on the way by many a network. */
export const runNowCommand = (functionName: string, workspaces: readonly string[]): string =>
  `${whichWorkspace(workspaces)} && printf '{"workspace":"%s"}' "$WORKSPACE" | ` +
  `aws lambda invoke --region ${Aws.REGION} --function-name ${functionName} --invocation-type Event ` +
  '--payload fileb:///dev/stdin /dev/null';

/** With the event of the schedule: it names each workspace. */
export const reportNowCommand = (functionName: string, scheduleName: string): string =>
  `aws scheduler get-schedule --region ${Aws.REGION} --name ${scheduleName} --query Target.Input --output text | ` +
  `aws lambda invoke --region ${Aws.REGION} --function-name ${functionName} --invocation-type Event ` +
  '--payload fileb:///dev/stdin /dev/null';

export const reportsAddress = (bucketName: string): string => `s3://${bucketName}/${reportKey('WORKSPACE')}`;

/** Prints what the function says from five minutes ago on, until Ctrl-C. `aws logs tail` is of CLI 2 alone. */
export const followLogCommand = (logGroupName: string): string =>
  'FROM=$(($(date +%s) - 300))000; while :; do ' +
  `aws logs filter-log-events --region ${Aws.REGION} --log-group-name ${logGroupName} --start-time $FROM ` +
  `--filter-pattern '{ $.level = * }' --query 'events[].[message]' --output text; sleep 5; done | ` +
  `awk 'NF && !seen[$0]++ { print; fflush() }'`;
