/** The options of `npm run bench`. */
import { Command } from 'commander';
import { parseOrExit } from '../../local/command/parse-or-exit.ts';
import { wrapped } from '../../local/table/wrapped.ts';
import type { Group, TableGroup } from './groups.ts';

const nameWidth = 16;
const helpWidth = 80;

/** @returns the groups that are asked for. Ends the process where help was asked for, or the use is wrong. */
export function readOptions<G extends Group | TableGroup>(groups: readonly G[]): readonly G[] {
  const list = groups
    .map(({ name, said }) => wrapped(`  ${name.padEnd(nameWidth)}${said}`, helpWidth, nameWidth + 2))
    .join('\n');
  const command = parseOrExit(
    new Command('npm run bench --')
      .description(
        'Measures what an export and a question cost in requests, time, memory and writes, as ratios and counts, and ' +
          'holds them against their goals. All of it takes some nine minutes on two cores.',
      )
      .argument('[names...]', 'measure only those whose name has this in it')
      .addHelpText(
        'after',
        `\nNames:\n${list}\n\n${wrapped(
          'query-sizes, findings and costs take from minutes to an hour, and are measured only where they are named.\n' +
            'deployed, query-trino, layouts and costs need Python 3.11 or newer, with venv; all but the first Maven as well.\n\n' +
            'Exit code: 0 all goals are met; 1 one is missed, or something could not be measured; 2 wrong use.',
          helpWidth,
        )}`,
      ),
  );
  const asked = groups.filter(({ name, isLong }) =>
    command.args.length === 0 ? !isLong : command.args.some((part) => name.includes(part)),
  );
  const unknown = command.args.filter((part) => !groups.some(({ name }) => name.includes(part)));
  if (unknown.length > 0) command.error(`error: nothing that is measured is called ${unknown.join(', ')}`);
  return asked;
}
