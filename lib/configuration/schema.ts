/** The rules for the configuration. A message is the rest of a sentence that begins with the path of what is wrong. */
import { Token } from 'aws-cdk-lib';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { z } from 'zod';
import { usualRefusedShare } from '../../lambda/alerts/alert-ports.ts';
import { endpointFault } from '../../lambda/braze/endpoint.ts';
import { earliestDay } from '../../lambda/rows/sync-row.ts';
import { workspaceName, writtenId, writtenIdRule } from '../../lambda/schema/keys.ts';
import { scheduleOf } from '../schedule/read-schedule.ts';
import { workspaceId } from '../workspace-id.ts';

/** In days; the last of the CDK's stands for never. */
const retentions = Object.values(RetentionDays).filter(
  (days): days is number => typeof days === 'number' && days !== RetentionDays.INFINITE,
);

const is = (rule: string) => ({
  error: ({ input }: { readonly input?: unknown }) => (input === undefined ? `is missing: it ${rule}` : rule),
});

/** What is wrong with a text, as the rest of a sentence; undefined where nothing is. */
type Judge = (text: string) => string | undefined;

/** In a program: of what another construct makes, the CDK knows the name or the ARN once it is deployed. */
const unknownHere = 'is known only once it is deployed, and is wanted before: write the text itself';

const text = (rule: string, judge: Judge) =>
  z.string(is(rule)).superRefine((value, context) => {
    const message = Token.isUnresolved(value) ? unknownHere : judge(value);
    if (message !== undefined) context.addIssue({ code: 'custom', message });
  });

const matching = (pattern: RegExp, rule: string) =>
  text(rule, (value) => (pattern.test(value) ? undefined : rule));

/** Of a resource that stands in the template as it is given: it may be known only once it is deployed. */
const ofResource = (pattern: RegExp, rule: string) =>
  z.string(is(rule)).refine((value) => Token.isUnresolved(value) || pattern.test(value), rule);

const perMinute = (byDefault: number) => {
  const rule = is('must be a whole number above 0');
  return z.number(rule).int(rule).positive(rule).default(byDefault);
};

const email = () => z.email(is('must be an e-mail address'));

const graceRule = 'must be a whole number of minutes, at most a week of them';

const firstDayRule = `must be a day, such as 2024-03-01, from ${earliestDay} to today`;

const workspaceNameRule = 'must be 1 to 63 of a-z, 0-9 and -, and not begin with -';

export const workspaceSchema = z.strictObject(
  {
    name: text(workspaceNameRule, workspaceNameFault),
    endpoint: text('must be a URL, such as https://rest.fra-01.braze.eu', endpointFault),
    integrations: z
      .array(
        matching(writtenId, writtenIdRule),
        is('must be a list of ids of integrations; leave it out to export all'),
      )
      .min(1, 'must name an integration; leave it out to export all')
      .optional(),
    requestsPerMinute: perMinute(100),
    listRequestsPerMinute: perMinute(50),
    apiKeySecretName: text('must be the name of a secret', secretNameFault).optional(),
    paused: z.boolean(is('must be true or false')).default(false),
    muted: z
      .array(
        matching(writtenId, writtenIdRule),
        is('must be a list of ids of integrations; leave it out to be told of all'),
      )
      .min(1, 'must name an integration; leave it out to be told of all')
      .optional(),
    dashboard: matching(
      /^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/,
      'must be the host name of your Braze dashboard alone, such as dashboard-01.braze.com',
    ).optional(),
  },
  is('must be an object with name and endpoint'),
);

export const alertsSchema = z.strictObject(
  {
    email: email().optional(),
    refusedShare: z
      .number(is('must be a number from 0 to 1, such as 0.01'))
      .min(0, 'must be a number from 0 to 1, such as 0.01')
      .max(1, 'must be a number from 0 to 1, such as 0.01')
      .default(usualRefusedShare),
    lateGraceMinutes: z
      .number(is(graceRule))
      .int(graceRule)
      .min(1, graceRule)
      .max(10_080, graceRule)
      .optional(),
    finishedSyncs: z.boolean(is('must be true or false')).default(false),
  },
  is('must be an object; leave it out where nobody is to be told by mail'),
);

const scheduleText = () => z.string(is('must be rate(…) or cron(…)'));

const read = (expression: z.ZodType<string, string | undefined>) =>
  expression.transform((given, context) => {
    const schedule = scheduleOf(given);
    if (typeof schedule !== 'string') return schedule;
    context.addIssue({ code: 'custom', message: schedule });
    return z.NEVER;
  });

export const reportSchema = z.strictObject(
  {
    schedule: read(scheduleText()),
    announce: z.boolean(is('must be true or false')).default(false),
  },
  is('must be an object with a schedule; leave it out where no report is wanted'),
);

const ids = (kind: string, what: string, most: number) =>
  z
    .array(
      ofResource(
        new RegExp(`^${kind}-[0-9a-f]{8,17}$`),
        `must be the id of a ${what}, such as ${kind}-0123456789abcdef0`,
      ),
      is(`must be a list of ids of ${what}s`),
    )
    .min(1, `must name a ${what}`)
    .max(most, `must be at most ${most} ${what}s: Lambda takes no more`);

export const vpcSchema = z.strictObject(
  {
    vpcId: ofResource(/^vpc-[0-9a-f]{8,17}$/, 'must be the id of a VPC, such as vpc-0123456789abcdef0'),
    subnetIds: ids('subnet', 'subnet', 16),
    securityGroupIds: ids('sg', 'security group', 5).optional(),
  },
  is('must be an object with vpcId and subnetIds; leave it out to run outside of a VPC'),
);

const tagsRule = 'must be an object of texts, such as {"team": "crm"}';
/** AWS adds some of its own to the 50 that a resource may have. */
const mostTags = 40;

const tagsSchema = z
  .record(
    z.string(),
    matching(
      /^[\p{L}\p{Z}\p{N}_.:/=+\-@]{0,256}$/u,
      'must be a text of at most 256 letters, digits, blanks and any of _.:/=+-@',
    ),
    is(tagsRule),
  )
  .superRefine((tags, context) => {
    const keys = Object.keys(tags).map((key) => key.toLowerCase());
    for (const [index, key] of Object.keys(tags).entries()) {
      if (keys.indexOf(key.toLowerCase()) < index) {
        const message = 'is there already: for the roles of IAM, capitals make no other tag';
        context.addIssue({ code: 'custom', message, path: [key] });
      }
      if (/^(?!aws:)[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,128}$/iu.test(key)) continue;
      const message =
        'can not be the key of a tag: 1 to 128 letters, digits, blanks and any of _.:/=+-@, not beginning with aws:';
      context.addIssue({ code: 'custom', message, path: [key] });
    }
    if (Object.keys(tags).length > mostTags) {
      context.addIssue({ code: 'custom', message: `must be at most ${mostTags} tags` });
    }
  });

const retentionRule = `must be a number of days that CloudWatch knows: ${retentions.join(', ')}`;

export const configurationSchema = z.strictObject(
  {
    workspaces: z
      .array(workspaceSchema, is('must be a list with at least one workspace'))
      .min(1, 'must be a list with at least one workspace'),
    schedule: read(scheduleText().default('rate(15 minutes)')),
    report: reportSchema.optional(),
    database: matching(
      /^[a-z_][a-z0-9_]{0,127}$/,
      'must be 1 to 128 of a-z, 0-9 and _, and not begin with a digit: Athena knows no other names',
    ).default('braze_cdi'),
    firstDay: text(firstDayRule, firstDayFault).default(earliestDay),
    alarmEmail: email().optional(),
    alerts: alertsSchema.prefault({}),
    alarmTopicArn: ofResource(
      /^arn:[a-z-]+:sns:[a-z0-9-]+:\d{12}:[A-Za-z0-9_-]{1,256}$/,
      'must be the ARN of a topic of SNS that is not FIFO, such as arn:aws:sns:eu-central-1:123456789012:on-call',
    ).optional(),
    vpc: vpcSchema.optional(),
    encryptionKeyArn: ofResource(
      /^arn:[a-z-]+:kms:[a-z0-9-]+:\d{12}:key\/(mrk-[0-9a-f]{32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/,
      'must be the ARN of a KMS key, such as arn:aws:kms:eu-central-1:123456789012:key/…, not of an alias: no policy ' +
        'can name one',
    ).optional(),
    permissionsBoundary: matching(
      /^(arn:[a-z-]+:iam::(\d{12}|aws):policy\/)?[\w+=,.@/-]{1,512}$/,
      'must be the name or the ARN of a managed policy',
    ).optional(),
    rolePath: matching(
      /^(?=.{1,512}$)\/([\w+=,.@-]+\/)*$/,
      'must be a path of IAM of at most 512 characters that begins and ends with /, such as /service/',
    ).optional(),
    tags: tagsSchema.optional(),
    logRetentionDays: z
      .number(is(retentionRule))
      .refine((days) => retentions.includes(days), retentionRule)
      .default(30),
    architecture: z.enum(['arm64', 'x86_64'], is('must be arm64 or x86_64')).default('arm64'),
    catalog: z.boolean(is('must be true or false')).default(true),
    existingBucket: ofResource(
      /^(?!.*\.\.)(?!\d+\.\d+\.\d+\.\d+$)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/,
      'must be the name of a bucket, not its ARN or address: 3 to 63 of a-z, 0-9, - and .',
    ).optional(),
    existingTable: ofResource(
      /^[A-Za-z0-9_.-]{3,255}$/,
      'must be the name of a table, not its ARN: 3 to 255 letters, digits, _, - and .',
    ).optional(),
  },
  is('must be an object with workspaces'),
);

/** The configuration with its defaults. */
export type Settings = z.output<typeof configurationSchema>;
export type Vpc = z.output<typeof vpcSchema>;
export type Workspace = z.output<typeof workspaceSchema>;

function workspaceNameFault(name: string): string | undefined {
  if (!workspaceName.test(name)) return workspaceNameRule;
  // The longest is a logical id, of 255 characters at the most.
  return workspaceId(name).length > 240
    ? 'has too many hyphens for the names that AWS makes of it'
    : undefined;
}

function firstDayFault(day: string): string | undefined {
  const isDay = z.iso.date().safeParse(day).success;
  return isDay && day >= earliestDay && day <= new Date().toISOString() ? undefined : firstDayRule;
}

function secretNameFault(name: string): string | undefined {
  if (name.startsWith('arn:')) return 'must be the name of a secret, not its ARN';
  // Braze's keys look like this, and a name stands in the template for everybody to read.
  if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(name)) {
    return 'must be the name of a secret; this looks like a key, which belongs into the secret alone';
  }
  if (!/^[A-Za-z0-9/_+=.@-]{1,512}$/.test(name)) {
    return 'must be the name of a secret: 1 to 512 letters, digits and any of /_+=.@-';
  }
  return undefined;
}
