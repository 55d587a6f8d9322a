/** The command line of `npm run doctor`. A key or an address that can not be used is a finding, a typo is wrong use. */
import { Command } from 'commander';
import type { Proxies } from '../../lambda/network/proxies.ts';
import { parseSilently } from '../command/parse-silently.ts';
import { proxiesFor } from '../command/proxies-for.ts';
import { surplusFaults } from '../command/surplus-faults.ts';
import { type Environment, refuseSwallowed } from '../command/swallowed-options.ts';
import { WrongUse } from '../command/wrong-use.ts';
import { hasKey, readKey } from '../start/api-key.ts';

export interface DoctorOptions {
  /** As it was written; undefined: the simulated Braze. */
  readonly endpoint: string | undefined;
  readonly key: { readonly key: string } | { readonly fault: string };
  readonly integrations: readonly string[] | undefined;
  readonly json: boolean;
  /** The file for others. */
  readonly report: string | undefined;
  /** Undefined: none. */
  readonly proxies: Proxies | undefined;
}

const collect = (value: string, before: string[] = []): string[] => [...before, value];

const command = (): Command =>
  new Command('npm run doctor --')
    .description(
      'Looks whether the exporter can read a Braze workspace, and how the API answers\n' +
        'it. It sends at most 20 requests in a minute, and writes nothing but the file\n' +
        'of --report. Without --endpoint it looks at the simulated Braze.',
    )
    .option('--endpoint <url>', 'base URL of the Braze instance, such as https://rest.fra-01.braze.eu')
    .option('--integration <id>', 'look at this one; may be given several times', collect)
    .option('--json', 'print what was found as one line of JSON')
    .option('--report <file>', 'write what can be shown to others: no key, id, name or host is in it')
    .addHelpText(
      'after',
      '\nThe key comes from BRAZE_API_KEY, or from the file that BRAZE_API_KEY_FILE\nnames.\n\n' +
        'Exit code: 0 nothing has failed; 1 something has, and each has a sentence that\n' +
        'mends it; 2 wrong use.',
    );

/** @throws {WrongUse} @throws {Answered} */
export function readDoctorOptions(commandLine: readonly string[], environment: Environment): DoctorOptions {
  const program = command();
  parseSilently(program, commandLine, wrongUse);
  refuseSwallowed(program, environment);
  const [surplus] = surplusFaults(program.args);
  if (surplus !== undefined) throw wrongUse(surplus);
  const given = program.opts();
  if (given.report === '') throw wrongUse('--report must not be empty');
  if (given.integration?.includes('')) throw wrongUse('--integration must not be empty');
  if (given.endpoint === undefined && hasKey(environment))
    throw wrongUse('a key is set, and no --endpoint is given: name your Braze instance with --endpoint URL');
  const proxies = proxiesFor(given.endpoint, environment);
  if ('fault' in proxies) throw wrongUse(proxies.fault);
  return {
    endpoint: given.endpoint,
    key: given.endpoint === undefined ? { key: '' } : keyIn(environment),
    integrations: given.integration && [...new Set<string>(given.integration)],
    json: given.json === true,
    report: given.report,
    proxies: proxies.proxies,
  };
}

const wrongUse = (fault: string): WrongUse => new WrongUse(`Error: ${fault}.\nSee npm run doctor -- --help.`);

function keyIn(environment: Environment): DoctorOptions['key'] {
  const read = readKey(environment);
  return 'fault' in read ? { fault: `${read.fault}.` } : read;
}
