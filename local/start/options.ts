/** The options of `npm start`, checked as a whole: every fault is told, not only the first. */

import { Command, CommanderError } from 'commander';
import * as z from 'zod';
import { apiKeyFault } from '../../lambda/braze/api-key.ts';
import { endpointFault, isBraze } from '../../lambda/braze/endpoint.ts';
import { workspaceName } from '../../lambda/schema/keys.ts';
import { version } from '../version.ts';
import { Answered } from './answered.ts';
import { WrongUse } from './wrong-use.ts';

export interface StartOptions {
  /** Undefined: the simulated Braze. */
  readonly endpoint: URL | undefined;
  readonly workspace: string;
  readonly integrations: readonly string[] | undefined;
  readonly data: string;
  readonly limits: { readonly list: number; readonly status: number };
  /** Seconds. */
  readonly deadline: number | undefined;
  /** So much of the history is read again, in milliseconds. */
  readonly recheck: number | 'all' | undefined;
  readonly json: boolean;
  readonly apiKey: string;
  readonly warnings: readonly string[];
}

const collect = (value: string, before: string[] = []): string[] => [...before, value];

const command = (): Command =>
  new Command('npm start --')
    .description(
      'Exports the sync history of Braze Cloud Data Ingestion into a lake of NDJSON files.\n' +
        'Without --endpoint it starts a simulated Braze on this machine and exports from that.',
    )
    .option('--endpoint <url>', 'base URL of the Braze instance, such as https://rest.fra-01.braze.eu')
    .option('--workspace <name>', 'value of the partition workspace (default: default; simulated)')
    .option('--integration <id>', 'export only this one; may be given several times', collect)
    .option('--data <dir>', 'where lake/ and checkpoint/ stand (default: ./data; ./data-simulated)')
    .option('--requests-per-minute <n>', 'budget of the status endpoint', '100')
    .option('--list-requests-per-minute <n>', 'budget of the list endpoint', '50')
    .option('--deadline <seconds>', 'end in time, keep what was read, hand the rest to the next run')
    .option('--recheck <duration>', 'read so much of each history again, such as 12h, 7d or all')
    .option('--json', 'print the receipt as one line of JSON, the last of standard output')
    .addHelpText(
      'after',
      '\nThe key of a real workspace comes from the environment variable BRAZE_API_KEY alone. It needs the\n' +
        'permissions cdi.integration_list and cdi.integration_job_status.\n\n' +
        'Exit code: 0 complete, suspended or busy; 1 something could not be exported; 2 wrong use.',
    )
    .version(version)
    .allowUnknownOption()
    .allowExcessArguments()
    .exitOverride()
    .configureOutput({ writeErr: () => {} });

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
  '--integration': z.array(z.string().min(1, 'must not be empty')).optional(),
  '--data': z.string().min(1, 'must not be empty').optional(),
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

/** @throws {WrongUse} @throws {Answered} */
export function readOptions(
  commandLine: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): StartOptions {
  const program = command();
  try {
    program.parse([...commandLine], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) throw new Answered();
    throw wrongUse([error.message.replace(/^error: /, '')]);
  }
  const given = program.opts();
  const parsed = schema.safeParse({
    '--endpoint': given.endpoint,
    '--workspace': given.workspace,
    '--integration': given.integration,
    '--data': given.data,
    '--requests-per-minute': given.requestsPerMinute,
    '--list-requests-per-minute': given.listRequestsPerMinute,
    '--deadline': given.deadline,
    '--recheck': given.recheck,
  });
  const simulated = given.endpoint === undefined;
  const faults = [
    ...program.args.flatMap((text, index, all) => unknownFaults(text, all[index - 1])),
    ...(parsed.error?.issues.map(({ path: [option], message }) => `${String(option)} ${message}`) ?? []),
    ...(simulated ? [] : keyFaults(environment.BRAZE_API_KEY)),
  ];
  if (faults.length > 0 || !parsed.success) throw wrongUse(faults);
  const { data } = parsed;
  const endpoint = data['--endpoint'];
  return {
    endpoint,
    workspace: data['--workspace'] ?? (simulated ? 'simulated' : 'default'),
    integrations: data['--integration'] && [...new Set(data['--integration'])],
    data: data['--data'] ?? (simulated ? './data-simulated' : './data'),
    limits: { status: data['--requests-per-minute'], list: data['--list-requests-per-minute'] },
    deadline: data['--deadline'],
    recheck: data['--recheck'],
    json: given.json === true,
    apiKey: (environment.BRAZE_API_KEY ?? '').trim(),
    warnings:
      endpoint && !isBraze(endpoint)
        ? [`${endpoint.host} is not a host of Braze; it is used all the same.`]
        : [],
  };
}

/** Only what can be the name of an option is repeated: somebody may have put the key there. */
function unknownFaults(text: string, before: string | undefined): string[] {
  const [name] = /^--[a-z][a-z-]*|^-./.exec(text) ?? [];
  if (name) return [`unknown option ${name}`];
  // What follows an unknown option is its value.
  return before?.startsWith('-') ? [] : ['there is an argument that belongs to no option'];
}

function wrongUse(faults: readonly string[]): WrongUse {
  return new WrongUse([...faults.map((fault) => `Error: ${fault}.`), 'See npm start -- --help.'].join('\n'));
}

function endpointOf(text: string | undefined, context: z.RefinementCtx): URL | undefined {
  if (text === undefined) return undefined;
  const fault = endpointFault(text);
  if (fault) context.addIssue({ code: 'custom', message: fault });
  return URL.parse(text) ?? undefined;
}

function keyFaults(key: string | undefined): string[] {
  const fault = key === undefined ? 'is not set' : apiKeyFault(key);
  return fault === undefined
    ? []
    : [`BRAZE_API_KEY ${fault}: set it to the REST API key of the workspace, without quotes`];
}
