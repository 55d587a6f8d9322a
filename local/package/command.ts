/** The command `npm run package`. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Command } from 'commander';
import { ConfigurationFault } from '../../lib/configuration/configuration-fault.ts';
import { configurationFromContext, contextKey } from '../../lib/configuration/context.ts';
import { WrongUse } from '../command/wrong-use.ts';
import { onThisDisk } from '../query/filled.ts';
import { explained, isSystemError } from '../stores/file-error.ts';
import { screenOf } from '../table/screen.ts';
import { wrapped } from '../table/wrapped.ts';
import { version } from '../version.ts';
import { writePackage } from './write-package.ts';

const project = join(import.meta.dirname, '../..');
const cdkJson = join(project, 'cdk.json');

/** As the CDK reads it: without the byte order mark that some editors begin a file with. @throws {WrongUse} */
export function contextIn(content: Uint8Array): Record<string, unknown> {
  try {
    const { context } = JSON.parse(new TextDecoder().decode(content));
    return context ?? {};
  } catch (error) {
    // Without what stands there.
    const [place = ''] = / \(line \d+ column \d+\)$/.exec(String(error)) ?? [];
    throw new WrongUse(`Error: cdk.json is no JSON object${place}: look at its commas, quotes and brackets.`);
  }
}

function withoutCdkJson(error: unknown): never {
  if (isSystemError(error) && error.code === 'ENOENT')
    throw new WrongUse('Error: there is no cdk.json in this project: bring it back (git checkout cdk.json).');
  throw explained(cdkJson, error, 'another clone of this project');
}

export const packageCommand = (): Command =>
  new Command('npm run package --')
    .description(
      'Writes a folder with a template, the function and a page of three commands, by which somebody deploys it who has ' +
        'the AWS CLI and neither Node nor the CDK. What can be chosen is as in cdk.json; the workspace and the addresses ' +
        'that are told become parameters.',
    )
    .option('--out <folder>', 'where it is written', onThisDisk, join(project, 'package'))
    .addHelpText('after', '\nExit code: 0; 1 it could not be written; 2 wrong use, or a fault in cdk.json.')
    .version(version)
    .exitOverride()
    .action(async ({ out }: { readonly out: string }) => {
      const context = contextIn(await readFile(cdkJson).catch(withoutCdkJson));
      try {
        await writePackage(out, configurationFromContext(context[contextKey]), context);
      } catch (error) {
        if (!(error instanceof ConfigurationFault)) throw error;
        throw new WrongUse(error.faults.map((fault) => `Error: ${fault}`).join('\n'));
      }
      const text = `${out} has template.json, function.zip and README.md, which says how to deploy them.`;
      console.log(wrapped(text, screenOf(process.stdout).width));
    });
