/** `npm run pack`: a package for npm, to embed the construct in an app of your own. Publishing it is for a person. */
import { Command } from 'commander';
import { endingInWords } from '../local/command/ending.ts';
import { parseOrExit } from '../local/command/parse-or-exit.ts';
import { untilStopped } from '../local/command/until-stopped.ts';
import { npmPackage } from '../local/package/npm-package.ts';

parseOrExit(
  new Command('npm run pack --')
    .description(
      'Writes dist/braze-cdi-sync-history-VERSION.tgz, to install in an app of your own. Publishing it is for a person.',
    )
    .addHelpText('after', '\nExit code: 0; 1 it could not be written; 2 wrong use.'),
);
await endingInWords(async () => console.log(await untilStopped(() => npmPackage())), 'Error: ');
