/** The rule for a statement that allows something: exact actions on exact resources, and nothing that deletes. */
import type { Statement } from './statements.ts';

const destroys =
  /delete|remove|purge|destroy|terminate|detach|disable|schedulekey|putbucket|putlifecycle|putretention|policy/i;

const ofInterfaces =
  /^ec2:(((Una|A)ssignPrivateIpAddresses)|(Create|Delete|Describe)NetworkInterfaces?|DescribeSubnets)$/;

/** The only wildcards that a resource may hold, each with the actions it is for. */
const wildcards: readonly (readonly [resource: RegExp, actions: RegExp])[] = [
  // The objects of one table of the lake.
  [/^[^*?]+\/(syncs|integrations|coverage|standing|days|changes|quarantine)\/\*$/, /^s3:(Get|Put)Object$/],
  // The reports, which stand beside the lake.
  [/^[^*?]+\/reports\/\*$/, /^s3:PutObject$/],
  // A secret of which only the name is known.
  [
    /^arn:(<AWS::Partition>|[a-z-]+):secretsmanager:(<AWS::Region>|[a-z0-9-]+):(<AWS::AccountId>|\d{12}):secret:[^*?]+-\?{6}$/,
    /^secretsmanager:GetSecretValue$/,
  ],
  // What Lambda does with the role of a function in a VPC, on interfaces that it makes and removes.
  [/^\*$/, ofInterfaces],
  // The streams of a log group; the attribute of a log group ends so by itself.
  [/^[^*?]+:\*$/, /^logs:(CreateLogStream|PutLogEvents)$/],
];

/** What is wrong with it, as sentences. */
export function faultsOf({
  kind,
  effect,
  actions,
  resources,
  principals,
  condition,
  strange,
}: Statement): string[] {
  if (effect === 'Deny') return [];
  const wanted = resources.filter((resource) => /[*?]/.test(resource));
  return [
    ...(effect === 'Allow' ? [] : [`the effect ${effect}`]),
    ...strange.map((key) => `the key ${key}`),
    ...(actions.length === 0 ? ['no action'] : []),
    ...actions
      .filter((action) => !/^[a-z0-9-]+:[A-Za-z]+$/.test(action))
      .map((action) => `the action ${action}`),
    ...actions
      .filter((action) => destroys.test(action) && !ofInterfaces.test(action))
      .map((action) => `the destroying action ${action}`),
    ...(kind !== 'trust' && resources.length === 0 ? ['no resource'] : []),
    ...wanted
      .filter(
        (resource) =>
          !wildcards.some(
            ([place, use]) => place.test(resource) && actions.every((action) => use.test(action)),
          ),
      )
      .map((resource) => `the resource ${resource}`),
    ...(kind === 'identity' ? [] : principalFaults(principals, condition)),
  ];
}

function principalFaults(principals: readonly string[], condition: unknown): string[] {
  const [principal = '', ...more] = principals;
  if (more.length > 0 || !/^Service:[a-z]+\.amazonaws\.com$/.test(principal))
    return [`the principals ${principals}`];
  // Lambda sends no account with this request; every other service could be asked by a stranger.
  if (principal === 'Service:lambda.amazonaws.com') return [];
  const mine = JSON.stringify({ StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } });
  return JSON.stringify(condition) === mine ? [] : [`${principal} on behalf of any account`];
}
