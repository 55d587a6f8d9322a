/** Writes the folder with which anybody can deploy who has the AWS CLI. */
import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SyncHistoryConfiguration } from '../../lib/configuration/configuration.ts';
import { secretLogicalId } from '../../lib/workspace-id.ts';
import { explaining } from '../stores/file-error.ts';
import { makeFolder } from '../stores/make-folder.ts';
import { version } from '../version.ts';
import { marked } from './marks.ts';
import { page } from './page.ts';
import { synthesize } from './synthesize.ts';
import { templateWithParameters } from './template.ts';
import { zipOf } from './zip.ts';

const choice = 'another folder with --out';

/** @param context of the CDK, as in cdk.json. @throws {ConfigurationFault} @throws {StoreFailure} */
export async function writePackage(
  folder: string,
  configuration: SyncHistoryConfiguration,
  context: Readonly<Record<string, unknown>>,
): Promise<void> {
  // Before the work of some seconds, which would be in vain.
  makeFolder(folder, choice);
  // Its function holds DuckDB, 70 MB for one kind of processor: no folder to hand on.
  const { report, ...withoutReport } = configuration;
  const { configuration: withMarks, marks } = marked(withoutReport);
  const { template, code } = await synthesize(withMarks, context);
  const zip = zipOf('index.mjs', code);
  const codeKey = `braze-cdi-sync-history/${createHash('sha256').update(zip).digest('hex').slice(0, 16)}.zip`;
  const [workspace, ...more] = withMarks.workspaces;
  const secret = workspace && secretLogicalId(workspace.name);
  const isAlone = more.length === 0 && workspace?.apiKeySecretName === undefined;
  const files = {
    'template.json': `${JSON.stringify(templateWithParameters(template, marks, withoutReport, codeKey), null, 1)}\n`,
    'function.zip': zip,
    'README.md': page({
      ...{ version, codeKey },
      parameters: [...marks.keys()],
      secret: isAlone ? secret : undefined,
      isWithoutReport: report !== undefined,
    }),
  };
  for (const [name, content] of Object.entries(files)) {
    const file = join(folder, name);
    await explaining(file, () => writeFile(file, content), choice);
  }
}
