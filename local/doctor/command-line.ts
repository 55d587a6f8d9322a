/** The command line of `npm run doctor`. A key or an address that can not be used is a finding, a typo is wrong use. */
import { Command } from 'commander';
import type { Proxies } from '../../lambda/network/proxies.ts';
import { workspaceName, writtenId, writtenIdRule } from '../../lambda/schema/keys.ts';
import { parseSilently } from '../command/parse-silently.ts';
import { proxiesFor } from '../command/proxies-for.ts';
import { surplusFaults } from '../command/surplus-faults.ts';
import { type Environment, refuseSwallowed, tellKeptJson } from '../command/swallowed-options.ts';
import { WrongUse } from '../command/wrong-use.ts';
import { isAddress } from '../query/filled.ts';
import { hasKey, readKey } from '../start/api-key.ts';

export interface DoctorOptions {
  /** Undefined: a workspace is looked at from here, and no stack. */
  readonly stack: { readonly name: string; readonly workspaces: readonly string[] | undefined } | undefined;
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
      'Looks whether the exporter can read a Braze workspace, and how the API answers it. It sends at most 20 ' +
        'requests, takes at most a minute, and writes nothing but the file of --report. Without --endpoint it looks at the ' +
        'simulated Braze, with --stack at what is deployed: its parts from outside, and each workspace from inside.',
    )
    .option('--endpoint <url>', 'base URL of the Braze instance, such as https://rest.fra-01.braze.eu')
    .option('--integration <id>', 'look at this one; may be given several times', collect)
    .option('--stack <name>', 'look at the deployed stack of this name, such as BrazeCdiSyncHistory')
    .option(
      '--workspace <name>',
      'with --stack: look at this workspace; may be given several times (default: all)',
      collect,
    )
    .option('--json', 'print what was found as one line of JSON')
    .option('--report <file>', 'write what can be shown to others: no key, id, name or host is in it')
    .addHelpText(
      'after',
      '\nThe key comes from BRAZE_API_KEY, or from the file that BRAZE_API_KEY_FILE\n' +
        'names. A stack has its own; AWS region and credentials are those of this shell.\n\n' +
        'Exit code: 0 nothing has failed; 1 something has, and each has a sentence that\n' +
        'mends it; 2 wrong use.',
    );

/** @throws {WrongUse} @throws {Answered} */
export function readDoctorOptions(commandLine: readonly string[], environment: Environment): DoctorOptions {
  const program = command();
  parseSilently(program, commandLine, (fault) => wrongUse([fault]));
  refuseSwallowed(program, environment);
  const given: Given = program.opts();
  const proxies = proxiesFor(given.endpoint, environment);
  const faults = [
    ...surplusFaults(program),
    ...emptyFaults(given),
    ...(given.stack === undefined ? faultsWithoutStack(given, environment) : faultsWithStack(given)),
    ...('fault' in proxies ? [proxies.fault] : []),
  ];
  if (faults.length > 0 || 'fault' in proxies) throw wrongUse(faults);
  tellKeptJson(program.name(), given.json === true, environment);
  const { stack, workspace, endpoint, integration } = given;
  return {
    stack:
      stack === undefined ? undefined : { name: stack, workspaces: workspace && [...new Set(workspace)] },
    endpoint,
    key: endpoint === undefined ? { key: '' } : keyIn(environment),
    integrations: integration && [...new Set(integration)],
    json: given.json === true,
    report: given.report,
    proxies: proxies.proxies,
  };
}

interface Given {
  readonly endpoint?: string;
  readonly integration?: readonly string[];
  readonly stack?: string;
  readonly workspace?: readonly string[];
  readonly json?: boolean;
  readonly report?: string;
}

const emptyFaults = ({ integration, report }: Given): string[] => [
  ...(report?.trim() === '' ? ['--report must not be empty'] : []),
  ...(report !== undefined && isAddress(report) ? ['--report must be a place on this disk'] : []),
  ...(integration?.every((id) => writtenId.test(id)) === false ? [`--integration ${writtenIdRule}`] : []),
];

/** As CloudFormation has it. */
const stackName = /^[A-Za-z][A-Za-z0-9-]{0,127}$/;

function faultsWithStack({ stack = '', workspace = [], endpoint, integration }: Given): string[] {
  return [
    ...(stackName.test(stack)
      ? []
      : ['--stack must be the name of a stack: 1 to 128 letters, digits and hyphens, a letter first']),
    ...(workspace.every((each) => workspaceName.test(each))
      ? []
      : ['--workspace must be 1 to 63 of a-z, 0-9 and hyphens']),
    ...(endpoint === undefined ? [] : ['--endpoint does not go with --stack, which has its own']),
    ...(integration === undefined
      ? []
      : ['--integration does not go with --stack: those that it exports are looked at']),
  ];
}

function faultsWithoutStack({ endpoint, workspace }: Given, environment: Environment): string[] {
  return [
    ...(workspace === undefined ? [] : ['--workspace goes with --stack only']),
    ...(endpoint === undefined && hasKey(environment)
      ? ['a key is set, and no --endpoint is given: name your Braze instance with --endpoint URL']
      : []),
  ];
}

function wrongUse(faults: readonly string[]): WrongUse {
  return new WrongUse(
    [...faults.map((fault) => `Error: ${fault}.`), 'See npm run doctor -- --help.'].join('\n'),
  );
}

function keyIn(environment: Environment): DoctorOptions['key'] {
  const read = readKey(environment);
  return 'fault' in read ? { fault: `${read.fault}.` } : read;
}
