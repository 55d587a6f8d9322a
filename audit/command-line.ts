/** The command line of `npm run audit`. */
import { Command, InvalidArgumentError, Option } from 'commander';
import { withoutValues } from './without-values.ts';
import { WrongUse } from './wrong-use.ts';

export interface CommandLine {
  readonly data?: string;
  readonly bucket?: string;
  readonly checkpointTable?: string;
  readonly workspace?: string;
  readonly refusedShare: number;
  readonly againstBraze?: true;
  readonly endpoint?: URL;
  readonly requestsPerMinute: number;
  readonly json?: true;
}

export type Environment = Readonly<Record<string, string | undefined>>;

const positive = (text: string): number => {
  // No more digits than `npm start` takes: a few hundred of them would be infinity, and no limit at all.
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError('It has to be a whole number above 0.');
  return Number(text);
};

const share = (text: string): number => {
  // By its form: `Number` would take 0x1 and 1e-2 as well, and a blank for nothing.
  if (!/^(0(\.\d+)?|1(\.0+)?)$/.test(text))
    throw new InvalidArgumentError('It has to be a number from 0 to 1, such as 0.05.');
  return Number(text);
};

const endpoint = (text: string): URL => {
  const url = URL.parse(text);
  const isHere = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(url?.hostname ?? '');
  if (url?.protocol !== 'https:' && !(url?.protocol === 'http:' && isHere))
    throw new InvalidArgumentError('It has to begin with https://.');
  if (url.username || url.password || url.search || url.hash)
    throw new InvalidArgumentError('It has to be without user, password, query and fragment.');
  return url;
};

/** An empty one is most often a variable that is not set: it must not mean something else. */
const filled = (text: string): string => {
  if (text.trim() === '') throw new InvalidArgumentError('It must not be empty.');
  return text;
};

const folder = (text: string): string => {
  if (text.includes('://'))
    throw new InvalidArgumentError('It has to be a folder; a bucket is named with --bucket.');
  return filled(text);
};

const bucketName = (text: string): string => {
  if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(filled(text)))
    throw new InvalidArgumentError('It is the name of a bucket alone, without s3://.');
  return text;
};

const command = (version: string): Command => {
  const program = new Command('npm run audit --');
  return program
    .description(
      'Holds a lake against what is promised of it. It only reads, each object once, ' +
        'and shares no code with the exporter.',
    )
    .option('--data <DIR>', 'the folder that holds lake/ and checkpoint/', folder)
    .option('--bucket <NAME>', 'the bucket of a stack, with the AWS credentials of the shell', bucketName)
    .option('--checkpoint-table <NAME>', 'with --bucket: hold it against this checkpoint as well', filled)
    .option('--workspace <NAME>', 'only this one', filled)
    .addOption(
      new Option('--refused-share <N>', 'alerts.refusedShare, where no checkpoint is read')
        .argParser(share)
        .default(0.01),
    )
    .option('--against-braze', 'read all that Braze has, and compare it sync by sync')
    .addOption(new Option('--endpoint <URL>', 'with it: base URL of the Braze instance').argParser(endpoint))
    .addOption(
      new Option('--requests-per-minute <N>', 'with it: how often Braze may be asked')
        .argParser(positive)
        .default(100),
    )
    .option('--json', 'print what was found as one line of JSON')
    .addHelpText(
      'after',
      '\nThe key for --against-braze comes from the environment variable BRAZE_API_KEY,\n' +
        'or from the file that BRAZE_API_KEY_FILE names.\n\n' +
        'Exit code: 0 nothing was found; 1 something was, or the lake could not be\n' +
        'read; 2 wrong use. docs/audit.md says what each finding means.',
    )
    .configureOutput({ outputError: (text, write) => write(withoutValues(text, program)) })
    .showHelpAfterError('See npm run audit -- --help.')
    .version(version)
    .exitOverride();
};

/** @throws {WrongUse} @throws {CommanderError} which has told what is wrong. */
export function readCommandLine(
  commandLine: readonly string[],
  environment: Environment,
  version: string,
): CommandLine {
  const program = command(version);
  const swallowed = program.options.filter(({ long }) => isSwallowed(long, environment));
  if (swallowed.length > 0) {
    const names = swallowed.map(({ long }) => long).join(', ');
    throw new WrongUse(`npm has kept ${names} for itself: the -- before it is missing`);
  }
  program.parse([...commandLine], { from: 'user' });
  const options: CommandLine = program.opts();
  if (!options.json && environment.npm_config_json === 'true')
    console.error(
      'npm has kept --json for itself; for JSON, write it behind the --: npm run audit -- --json',
    );
  const isPaced = program.getOptionValueSource('requestsPerMinute') !== 'default';
  const fault = faultOf(options, isPaced);
  if (fault !== undefined) throw new WrongUse(fault);
  return options;
}

function faultOf(options: CommandLine, isPaced: boolean): string | undefined {
  const { data, bucket, checkpointTable, againstBraze } = options;
  if (data !== undefined && bucket !== undefined)
    return '--data and --bucket are both given: leave one of them out';
  if (data === undefined && bucket === undefined) return 'Say where the lake is: --data DIR or --bucket NAME';
  if (checkpointTable !== undefined && bucket === undefined) return '--checkpoint-table goes with --bucket';
  if (againstBraze && !options.endpoint) return '--against-braze needs --endpoint URL';
  if (options.endpoint && !againstBraze) return '--endpoint goes with --against-braze';
  if (isPaced && !againstBraze) return '--requests-per-minute goes with --against-braze';
  return undefined;
}

/** Options of npm's own, which may be set for good in somebody's .npmrc. */
const npmsOwn = ['--json', '--version', '--workspace'];

/** npm keeps options for itself where the `--` before them is forgotten, and hands them on in the environment alone. */
function isSwallowed(long: string | undefined, environment: Environment): boolean {
  if (long === undefined || npmsOwn.includes(long)) return false;
  return environment[`npm_config_${long.slice(2).replaceAll('-', '_')}`] !== undefined;
}
