/** The folder of `npm run package` is deployed as its page says: by the AWS CLI, from an empty folder, without npm. */
import { execFile } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { CreateBucketCommand } from '@aws-sdk/client-s3';
import { beforeAll, expect, inject, onTestFinished, test } from 'vitest';
import { clientsFor } from '../../../local/aws/clients.ts';
import { awsCliPackages, fetchPythonPackages } from '../../../local/aws/fetch-python-packages.ts';
import { outputsOf } from '../../../local/aws/outputs.ts';
import { writePackage } from '../../../local/package/write-package.ts';
import { workspace } from '../../../local/rehearsal/deployed.ts';
import { invoke, invokeWell } from '../../../local/rehearsal/invoke.ts';
import { requestsPerMinute, startSimulatedWorkspace } from '../../../local/rehearsal/simulated-workspace.ts';
import { wholeLake } from '../../../local/rehearsal/whole-lake.ts';
import { project } from '../../lib/synthesize.ts';
import { scratchFolder } from '../stores/scratch.ts';

let python: string;
beforeAll(async () => {
  python = await fetchPythonPackages(awsCliPackages, { say: console.error });
}, 300_000);

test('its three commands make a stack that exports a workspace to its end', async () => {
  const braze = await startSimulatedWorkspace();
  onTestFinished(() => braze.close());
  const { endpoint, environment } = inject('localAws');
  const clients = clientsFor(endpoint);
  const scratch = scratchFolder();
  const folder = join(scratch, 'package');
  const { context } = JSON.parse(readFileSync(join(project, 'cdk.json'), 'utf8'));
  const written = join(scratch, 'written');
  await writePackage(
    written,
    {
      workspaces: [
        {
          name: 'default',
          endpoint: 'https://rest.iad-01.braze.com',
          requestsPerMinute: requestsPerMinute.status,
          listRequestsPerMinute: requestsPerMinute.list,
        },
      ],
    },
    context,
  );
  mkdirSync(folder);
  for (const file of ['README.md', 'template.json', 'function.zip'])
    cpSync(join(written, file), join(folder, file));
  const aws = join(scratch, 'aws');
  writeFileSync(aws, `#!/bin/sh\nexec '${python}' -m awscli "$@"\n`);
  chmodSync(aws, 0o755);
  await clients.s3.send(new CreateBucketCommand({ Bucket: 'code-of-somebody' }));

  const [, upload, deploy, setKey] = [
    ...readFileSync(join(folder, 'README.md'), 'utf8').matchAll(/^```\n(.*?)^```$/gms),
  ].map(([, command = '']) => command);
  const run = (command = '', typed = '') => {
    const running = promisify(execFile)('bash', ['-ec', command], {
      cwd: folder,
      env: {
        PATH: `${scratch}:/usr/bin:/bin`,
        HOME: scratch,
        ...environment,
        BUCKET: 'code-of-somebody',
        WORKSPACE: workspace,
        ENDPOINT: braze.endpoint,
      },
    });
    running.child.stdin?.end(typed);
    return running;
  };

  await run(upload);
  await run(deploy);
  const output = await outputsOf(clients.cloudFormation);
  const stack = { function: output('Function'), bucket: output('Bucket') };
  expect(await invoke(clients, stack)).toHaveProperty('noKey');
  await run(setKey, `${braze.key()}\n`);
  await invokeWell(clients, stack);
  await wholeLake(clients, stack, braze);

  // Again, as with a newer folder.
  expect((await run(deploy)).stdout).toMatch(/No changes to deploy|up to date/);
}, 300_000);
