/** The command line of `npm run doctor`. A key or an address that can not be used is a finding, a typo is wrong use. */
import { Command, CommanderError } from 'commander';
import { isLoopback } from '../../lambda/braze/endpoint.ts';
import { BadProxy } from '../../lambda/errors/bad-proxy.ts';
import { type Proxies, proxiesOf } from '../../lambda/network/proxies.ts';
import { Answered } from '../command/answered.ts';
import { type Environment, refuseSwallowed } from '../command/swallowed-options.ts';
import { WrongUse } from '../command/wrong-use.ts';
import { hasKey, readKey } from '../start/api-key.ts';
import { version } from '../version.ts';

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
    )
    .version(version)
    .allowUnknownOption()
    .allowExcessArguments()
    .exitOverride()
    .configureOutput({ writeErr: () => {} });

/** @throws {WrongUse} @throws {Answered} */
export function readDoctorOptions(commandLine: readonly string[], environment: Environment): DoctorOptions {
  const program = command();
  try {
    program.parse([...commandLine], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) throw new Answered();
    throw wrongUse(error.message.replace(/^error: /, ''));
  }
  refuseSwallowed(program, environment);
  const [surplus] = program.args;
  if (surplus !== undefined) throw wrongUse(surplusFault(surplus));
  const given = program.opts();
  if (given.report === '') throw wrongUse('--report must not be empty');
  if (given.integration?.includes('')) throw wrongUse('--integration must not be empty');
  if (given.endpoint === undefined && hasKey(environment))
    throw wrongUse('a key is set, and no --endpoint is given: name your Braze instance with --endpoint URL');
  return {
    endpoint: given.endpoint,
    key: given.endpoint === undefined ? { key: '' } : keyIn(environment),
    integrations: given.integration && [...new Set<string>(given.integration)],
    json: given.json === true,
    report: given.report,
    proxies: proxiesFor(given.endpoint, environment),
  };
}

const wrongUse = (fault: string): WrongUse => new WrongUse(`Error: ${fault}.\nSee npm run doctor -- --help.`);

/** Only what can be the name of an option is repeated: somebody may have put the key there. */
function surplusFault(text: string): string {
  const [name] = /^--[a-z][a-z-]*|^-./.exec(text) ?? [];
  return name ? `unknown option ${name}` : 'there is an argument that belongs to no option';
}

function keyIn(environment: Environment): DoctorOptions['key'] {
  const read = readKey(environment);
  return 'fault' in read ? { fault: `${read.fault}.` } : read;
}

function proxiesFor(endpoint: string | undefined, environment: Environment): Proxies | undefined {
  const url = URL.parse(endpoint ?? '');
  try {
    return proxiesOf(environment, url && isLoopback(url) ? [url.hostname] : []);
  } catch (error) {
    if (error instanceof BadProxy) throw wrongUse(error.message.replace(/\.$/, ''));
    throw error;
  }
}
