/**
 * The command line of `npm start`, as it was written. What is written is checked in `options.ts`, which a request for
 * help does not load.
 */
import { Command, Option } from 'commander';
import { parseSilently } from '../command/parse-silently.ts';
import { surplusFaults } from '../command/surplus-faults.ts';
import { type Environment, swallowedFault } from '../command/swallowed-options.ts';
import { WrongUse } from '../command/wrong-use.ts';

export interface CommandLine {
  /** By the names that Commander gives the options: `requestsPerMinute`. */
  readonly given: Readonly<Record<string, unknown>>;
  /** What belongs to no option that there is, as sentences without their full stops. */
  readonly surplus: readonly string[];
  /** That npm has kept options for itself, as a sentence without its full stop. */
  readonly swallowed: string | undefined;
}

const collect = (value: string, before: string[] = []): string[] => [...before, value];

/** Without the quotes that Commander puts around a default that is a text. */
const rate = (flags: string, description: string, usual: string): Option =>
  new Option(flags, description).default(usual, usual);

const command = (): Command =>
  new Command('npm start --')
    .description(
      'Exports the sync history of Braze Cloud Data Ingestion into a lake of NDJSON files on this disk. Without ' +
        '--endpoint it starts a simulated Braze on this machine and exports from that.',
    )
    .option('--endpoint <url>', 'base URL of the Braze instance, such as https://rest.fra-01.braze.eu')
    .option('--simulated', 'export from the simulated Braze, also where a key is set')
    .option(
      '--workspace <name>',
      'its name in the lake, one for each Braze workspace (default: default, or simulated)',
    )
    .option('--integration <id>', 'export only this one; may be given several times', collect)
    .option(
      '--data <dir>',
      'the folder of the lake and of what a run has to know of the last one (default: ./data, or ./data-simulated); ' +
        's3://BUCKET puts the lake into a bucket, with the AWS credentials of this shell',
    )
    .option(
      '--checkpoint-table <name>',
      'with s3://BUCKET: the DynamoDB table of what a run has to know, with the keys workspace and item',
    )
    .addOption(rate('--requests-per-minute <n>', 'how often a minute Braze may be asked for syncs', '100'))
    .addOption(rate('--list-requests-per-minute <n>', 'the same for the list of integrations', '50'))
    .option('--deadline <seconds>', 'end in time: what was read is kept, and the next run goes on')
    .option('--recheck <duration>', 'read that much of what is known once more: 12h, 7d, all')
    .option('--test-alert', 'send one alert, marked as a test, to ALERT_WEBHOOK, and export nothing')
    .option('--json', 'print the receipt as one line of JSON, the last of standard output')
    .addHelpText(
      'after',
      '\nThe key of a real workspace comes from the environment variable BRAZE_API_KEY,\n' +
        'or from the file that BRAZE_API_KEY_FILE names: then it does not stand in the\n' +
        'history of the shell. It needs the permissions cdi.integration_list and\n' +
        'cdi.integration_job_status.\n\n' +
        'Incidents are told to the webhook whose address is in the environment variable\n' +
        'ALERT_WEBHOOK: of Slack, Mattermost, Teams, or your own.\n\n' +
        'Behind a proxy, set HTTPS_PROXY and NO_PROXY; where the network signs with a\n' +
        'certificate of its own, NODE_EXTRA_CA_CERTS names its file.\n\n' +
        'What the tables say: success, all rows arrived; partial, Braze refused some of\n' +
        'them; error, none arrived; config_error, none, until a person mends what is\n' +
        'configured; running, not over yet. Open is a sync that is not final, and an\n' +
        'incident that no success has ended; a gap is history that was not read yet.\n\n' +
        'Exit code: 0 complete, suspended or busy; 1 something could not be exported;\n' +
        '2 wrong use; 130 Ctrl-C a second time: stopped at once. npm itself ends with\n' +
        '130 after the first one, too.',
    );

/** @throws {WrongUse} an option without its value. @throws {Answered} */
export function readCommandLine(commandLine: readonly string[], environment: Environment): CommandLine {
  const program = command();
  parseSilently(program, commandLine, (fault) => wrongUse([fault]));
  return {
    given: program.opts(),
    surplus: surplusFaults(program),
    swallowed: swallowedFault(program, environment),
  };
}

export function wrongUse(faults: readonly string[]): WrongUse {
  return new WrongUse([...faults.map((fault) => `Error: ${fault}.`), 'See npm start -- --help.'].join('\n'));
}
