/** Step: the report that the stack writes by itself lies in the bucket, and is of the history that is there. */
import { setTimeout as after } from 'node:timers/promises';
import { GetObjectCommand, NoSuchKey } from '@aws-sdk/client-s3';
import { reportKey } from '../../lambda/schema/keys.ts';
import type { Clients } from '../aws/clients.ts';
import { type Deployed, workspace } from './deployed.ts';
import { canReport, type Rehearsal } from './rehearsal.ts';
import { expectThat } from './rehearsal-failure.ts';

/** Seconds until it must be there: its schedule is due every minute, and has been for a while. */
const patience = 120;

export async function scheduledReport(
  { narrator, clients, signal }: Rehearsal,
  { bucket }: Deployed,
): Promise<void> {
  if (!canReport) return;
  await narrator.step('Look at the report that its schedule writes', async (say) => {
    const deadline = performance.now() + patience * 1000;
    let page = await read(clients, bucket);
    while (page === undefined) {
      expectThat(performance.now() < deadline, `No report has been written in ${patience} seconds.`);
      await after(500, undefined, { signal });
      page = await read(clients, bucket);
    }
    const heading = `<bdi>${workspace}</bdi>`;
    expectThat(page.includes(heading), `The report does not name the workspace: ${page.slice(0, 500)}`);
    say(`s3://${bucket}/${reportKey(workspace)} is a page of ${Math.round(page.length / 1000)} KB`);
  });
}

async function read({ s3 }: Clients, bucket: string): Promise<string | undefined> {
  try {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: reportKey(workspace) }));
    return await Body?.transformToString();
  } catch (error) {
    if (error instanceof NoSuchKey) return undefined;
    throw error;
  }
}
