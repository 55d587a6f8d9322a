/** The page in the folder: what somebody does with it who has the AWS CLI, and neither Node nor the CDK. */
import type { ParameterName } from './marks.ts';

export interface PageOptions {
  readonly version: string;
  readonly codeKey: string;
  readonly parameters: readonly ParameterName[];
  /** Logical id of the secret to fill, where there is one alone. */
  readonly secret?: string | undefined;
  /** Whether a report is configured, which stays away. */
  readonly isWithoutReport: boolean;
}

const meaning: Record<ParameterName, string> = {
  Workspace: 'name of the Braze workspace, 1 to 63 of `a-z`, `0-9` and `-`',
  Endpoint: 'base URL of its instance, such as `https://rest.fra-01.braze.eu`',
  AlarmEmail: "who is told of the exporter's own health; nobody, where it is left out",
  AlertsEmail: 'who is told of your syncs; nobody, where it is left out',
};

export const page = ({
  version,
  codeKey,
  parameters,
  secret,
  isWithoutReport,
}: PageOptions): string => `# Braze CDI sync history ${version}

\`template.json\` is the stack, and \`function.zip\` its function. To deploy them you need an AWS account, the
[AWS CLI](https://aws.amazon.com/cli/), version 1 or 2, and a bucket in the region of the stack for both (\`aws s3 mb
s3://BUCKET\`). The commands are for bash and zsh, from this folder.

\`\`\`
BUCKET=name-of-your-bucket
${parameters.includes('Endpoint') ? 'WORKSPACE=default\nENDPOINT=https://rest.fra-01.braze.eu\n' : ''}\`\`\`

1. The code:

\`\`\`
aws s3 cp function.zip "s3://$BUCKET/${codeKey}"
\`\`\`

2. The stack. \`--s3-bucket\` is there since CloudFormation takes so large a template from a bucket only:

\`\`\`
aws cloudformation deploy --template-file template.json --stack-name BrazeCdiSyncHistory \\
  --s3-bucket "$BUCKET" --s3-prefix braze-cdi-sync-history --capabilities CAPABILITY_IAM --no-fail-on-empty-changeset \\
  --parameter-overrides CodeBucket="$BUCKET" CodeKey=${codeKey}${parameters.includes('Endpoint') ? ' \\\n  Workspace="$WORKSPACE" Endpoint="$ENDPOINT"' : ''}
\`\`\`

3. The Braze key${
  secret === undefined
    ? ': run the commands of the output `SetKey`, if there is one, for each workspace:'
    : ', which is asked for, and stands neither in the history of the shell nor in the list of processes:'
}

\`\`\`
${
  secret === undefined
    ? 'aws cloudformation describe-stacks --stack-name BrazeCdiSyncHistory \\\n' +
      `  --query "Stacks[0].Outputs[?OutputKey=='SetKey'].OutputValue" --output text`
    : `SECRET=$(aws cloudformation describe-stack-resource --stack-name BrazeCdiSyncHistory \\
  --logical-resource-id ${secret} --query StackResourceDetail.PhysicalResourceId --output text) &&
  printf 'Braze REST API key: ' && read -rs KEY && printf %s "$KEY" |
  aws secretsmanager put-secret-value --secret-id "$SECRET" --secret-string file:///dev/stdin; unset KEY`
}
\`\`\`

From then on it exports by itself. The outputs of the stack (\`aws cloudformation describe-stacks --stack-name
BrazeCdiSyncHistory\`) have the commands that run it now and follow its log. With a newer folder, run the first two again:
parameters that are left out stay as they were, and no data is touched.

| parameter | |
| --- | --- |
| \`CodeBucket\`, \`CodeKey\` | where \`function.zip\` lies |
${parameters.map((name) => `| \`${name}\` | ${meaning[name]} |\n`).join('')}
All else was decided when this folder was made, by \`npm run package\` from \`cdk.json\`. Another \`Workspace\` in a stack
that has run already begins a second history beside the first, which then is shown no more.
${isWithoutReport ? '\nThe `report` of that `cdk.json` is not in this stack: its function takes the CDK to deploy. A cron line of\n`npm run report -- --bucket` writes the same page.\n' : ''}`;
