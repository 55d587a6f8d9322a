/** Step: the bucket is held against what is promised, and against the source, by `npm run audit`. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { clientEnvironment, environmentFor } from '../aws/client-environment.ts';
import { type Deployed, workspace } from './deployed.ts';
import type { Rehearsal } from './rehearsal.ts';
import { RehearsalFailure } from './rehearsal-failure.ts';
import { requestsPerMinute } from './simulated-workspace.ts';

const run = promisify(execFile);
const program = join(import.meta.dirname, '../../bin/audit.ts');

/** As a program of its own: what audits shares nothing with what it audits. */
export async function auditBucket(
  { narrator, localAws, braze, directory, signal }: Rehearsal,
  { bucket, table }: Deployed,
): Promise<void> {
  await narrator.step('Audit the bucket: npm run audit', async (say) => {
    const options = ['--bucket', bucket, '--checkpoint-table', table, '--workspace', workspace];
    const source = ['--against-braze', '--endpoint', braze.endpoint];
    const limit = ['--requests-per-minute', String(requestsPerMinute.status)];
    const own = clientEnvironment(localAws.endpoint, directory);
    const env = environmentFor({ ...own, BRAZE_API_KEY: braze.key(), BRAZE_API_KEY_FILE: '' });
    try {
      const { stdout } = await run(process.execPath, [program, ...options, ...source, ...limit], {
        env,
        signal,
      });
      say(stdout.trim().replace(/\s+/g, ' '));
    } catch (error) {
      const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
      throw new RehearsalFailure(`The audit ended with findings or a failure:\n${stdout}${stderr}`);
    }
  });
}
