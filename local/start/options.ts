/** The options of `npm start`, checked as a whole: every fault is told, not only the first. */
import * as z from 'zod';
import { webhookFault } from '../../lambda/alerts/webhook-address.ts';
import { endpointFault, foreignHost } from '../../lambda/braze/endpoint.ts';
import type { Proxies } from '../../lambda/network/proxies.ts';
import { workspaceName, writtenId, writtenIdRule } from '../../lambda/schema/keys.ts';
import { proxiesFor } from '../command/proxies-for.ts';
import type { Environment } from '../command/swallowed-options.ts';
import { isAddress } from '../query/filled.ts';
import { hasKey, readKey } from './api-key.ts';
import { bucketFaults, bucketOf } from './bucket.ts';
import { type CommandLine, wrongUse } from './command-line.ts';

export interface StartOptions {
  /** Undefined: the simulated Braze. */
  readonly endpoint: URL | undefined;
  /** The simulated Braze was asked for in so many words. */
  readonly simulated: boolean;
  readonly workspace: string;
  readonly integrations: readonly string[] | undefined;
  /** A folder, or s3:// and the name of a bucket. */
  readonly data: string;
  /** In DynamoDB: where the lake is in a bucket, and nowhere else. */
  readonly checkpointTable: string | undefined;
  readonly limits: { readonly list: number; readonly status: number };
  /** Seconds. */
  readonly deadline: number | undefined;
  /** So much of the history is read again, in milliseconds. */
  readonly recheck: number | 'all' | undefined;
  readonly json: boolean;
  /** Send one alert as a test, and export nothing. */
  readonly testAlert: boolean;
  /** Who is told of incidents. Its address is a secret. */
  readonly webhook: URL | undefined;
  readonly apiKey: string;
  /** Undefined: none. */
  readonly proxies: Proxies | undefined;
  readonly warnings: readonly string[];
}

const rate = z
  .string()
  .regex(/^[1-9]\d{0,8}$/, 'must be a positive whole number')
  .transform(Number);

const schema = z.object({
  '--endpoint': z.string().optional().transform(endpointOf),
  '--workspace': z
    .string()
    .regex(workspaceName, 'must be 1 to 63 of a-z, 0-9 and -, and not begin with -')
    .optional(),
  '--integration': z.array(z.string().regex(writtenId, writtenIdRule)).optional(),
  '--data': z
    .string()
    .regex(/\S/, 'must not be empty')
    .refine((text) => bucketOf(text) !== undefined || !isAddress(text), 'must be a folder, or s3://BUCKET')
    .optional(),
  '--checkpoint-table': z.string().regex(/\S/, 'must not be empty').optional(),
  '--requests-per-minute': rate,
  '--list-requests-per-minute': rate,
  '--deadline': z
    .string()
    .refine(
      (text) => /^\d{1,9}(\.\d+)?$/.test(text) && Number(text) > 0,
      'must be a positive number of seconds',
    )
    .transform(Number)
    .optional(),
  '--recheck': z
    .string()
    .regex(/^(all|[1-9]\d{0,5}[mhd])$/, 'must be all, or a number with m, h or d, such as 12h or 7d')
    .transform((text) => (text === 'all' ? text : Number(text.slice(0, -1)) * unitMs(text)))
    .optional(),
});

const unitMs = (text: string): number => ({ m: 60_000, h: 3_600_000 })[text.at(-1) ?? ''] ?? 24 * 3_600_000;

/** @throws {WrongUse} */
export function checkOptions(
  { given, surplus, swallowed }: CommandLine,
  environment: Environment,
): StartOptions {
  const parsed = schema.safeParse({
    '--endpoint': given.endpoint,
    '--workspace': given.workspace,
    '--integration': given.integration,
    '--data': given.data,
    '--checkpoint-table': given.checkpointTable,
    '--requests-per-minute': given.requestsPerMinute,
    '--list-requests-per-minute': given.listRequestsPerMinute,
    '--deadline': given.deadline,
    '--recheck': given.recheck,
  });
  const simulated = given.endpoint === undefined;
  const testAlert = given.testAlert === true;
  const webhook = (environment.ALERT_WEBHOOK ?? '').trim();
  const key = simulated || testAlert ? { key: '' } : readKey(environment);
  const proxies = proxiesFor(given.endpoint, environment);
  const faults = [
    // The values of what npm has kept are left over.
    ...(swallowed ? [swallowed] : surplus),
    ...(parsed.error?.issues.map(({ path: [option], message }) => `${String(option)} ${message}`) ?? []),
    ...('fault' in key ? [key.fault] : []),
    ...(swallowed || testAlert ? [] : sourceFaults(given, environment)),
    ...(parsed.success && !testAlert ? bucketFaults(placeOf(parsed.data, simulated), simulated) : []),
    ...webhookFaults(webhook, testAlert),
    ...('fault' in proxies ? [proxies.fault] : []),
  ];
  if (faults.length > 0 || !parsed.success || 'fault' in key || 'fault' in proxies) throw wrongUse(faults);
  const { data } = parsed;
  const endpoint = data['--endpoint'];
  return {
    endpoint,
    simulated: given.simulated === true,
    workspace: data['--workspace'] ?? (simulated ? 'simulated' : 'default'),
    integrations: data['--integration'] && [...new Set(data['--integration'])],
    ...placeOf(data, simulated),
    limits: { status: data['--requests-per-minute'], list: data['--list-requests-per-minute'] },
    deadline: data['--deadline'],
    recheck: data['--recheck'],
    json: given.json === true,
    testAlert,
    webhook: webhook === '' ? undefined : new URL(webhook),
    apiKey: key.key,
    proxies: proxies.proxies,
    warnings: [endpoint && foreignHost(endpoint)].filter((warning) => warning !== undefined),
  };
}

function placeOf(
  data: { readonly '--data'?: string | undefined; readonly '--checkpoint-table'?: string | undefined },
  simulated: boolean,
): Pick<StartOptions, 'data' | 'checkpointTable'> {
  return {
    data: data['--data'] ?? (simulated ? './data-simulated' : './data'),
    checkpointTable: data['--checkpoint-table'],
  };
}

function endpointOf(text: string | undefined, context: z.RefinementCtx): URL | undefined {
  if (text === undefined) return undefined;
  const fault = endpointFault(text);
  if (fault) context.addIssue({ code: 'custom', message: fault });
  return URL.parse(text) ?? undefined;
}

/** Nobody who has set a key means the simulator without saying so. */
function sourceFaults(given: CommandLine['given'], environment: Environment): string[] {
  const hasEndpoint = given.endpoint !== undefined;
  if (given.simulated === true)
    return hasEndpoint ? ['--endpoint and --simulated are both given: leave one of them out'] : [];
  if (hasEndpoint || !hasKey(environment)) return [];
  const variable = environment.BRAZE_API_KEY?.trim() ? 'BRAZE_API_KEY' : 'BRAZE_API_KEY_FILE';
  return [
    `${variable} is set, and no --endpoint is given: name your Braze instance with --endpoint URL, ` +
      'or ask for the simulated one with --simulated',
  ];
}

/** An empty one is none: that is how some shells and files take a variable away. */
function webhookFaults(webhook: string, isNeeded: boolean): string[] {
  if (webhook === '') {
    return isNeeded
      ? ['--test-alert needs ALERT_WEBHOOK, which is not set: set it to the address of the webhook']
      : [];
  }
  const fault = webhookFault(webhook);
  return fault === undefined ? [] : [`ALERT_WEBHOOK ${fault}`];
}
