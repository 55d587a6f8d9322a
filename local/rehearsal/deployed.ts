/** What the stack's outputs tell a person. */
import { workspaceId } from '../../lib/workspace-id.ts';
import type { Clients } from '../aws/clients.ts';
import { outputsOf } from '../aws/outputs.ts';
import { expectThat } from './rehearsal-failure.ts';

export const workspace = 'rehearsal';

export interface Deployed {
  readonly bucket: string;
  readonly table: string;
  readonly secret: string;
  readonly function: string;
  /** ARN of the topic on which incidents are told. */
  readonly alertTopic: string;
  /** For a terminal. */
  readonly runNow: string;
}

export async function deployed({ cloudFormation }: Clients): Promise<Deployed> {
  const output = await outputsOf(cloudFormation);
  const runNow = output(`RunNowOf${workspaceId(workspace)}`);
  const [, name] = /--function-name (\S+)/.exec(runNow) ?? [];
  expectThat(!!name, `The command that runs it now names no function: ${runNow}`);
  return {
    bucket: output('Bucket'),
    table: output('Table'),
    secret: output(`SecretOf${workspaceId(workspace)}`),
    function: name,
    alertTopic: output('SyncAlerts'),
    runNow,
  };
}
