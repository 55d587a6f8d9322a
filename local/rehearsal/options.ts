/** The options of `npm run rehearse`. */
import { Command } from 'commander';
import { parseOrExit } from '../command/parse-or-exit.ts';
import { wrapped } from '../table/wrapped.ts';

export interface RehearseOptions {
  readonly keep?: true;
}

/** Ends the process where help was asked for, or the use is wrong. */
export const readRehearseOptions = (): RehearseOptions =>
  parseOrExit(
    new Command('npm run rehearse --')
      .description(
        'Deploys the stack to an AWS on this machine, lets it export a simulated Braze, and takes it through what ' +
          'happens to a stack: runs, the schedule, another deployment, a new key, removal, and a new stack on the ' +
          'data of the old. It takes two minutes or three, and leaves nothing behind.',
      )
      .option('--keep', 'leave everything running at the end, until Ctrl-C')
      .addHelpText(
        'after',
        wrapped(
          '\nIt needs Python 3.11 or newer, with venv. The local AWS is fetched by pip, once, into .local-aws/.\n' +
            'No AWS account is used: the credentials of this terminal are not read.\n\n' +
            'Exit code: 0 all was as it should be; 1 something was not, and standard error says what; 2 wrong use.',
          80,
        ),
      ),
  ).opts<RehearseOptions>();
