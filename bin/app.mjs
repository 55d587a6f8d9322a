/**
 * What the CDK starts, by whatever Node its command line runs on: that may be an older one, and one of a person's own
 * where `--ignore-scripts` has left out the Node that comes with `npm ci`. Not in TypeScript, as needs-node.mjs.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const besides = (file) => fileURLToPath(new URL(file, import.meta.url));
const brought = besides(`../node_modules/node/bin/node${process.platform === 'win32' ? '.exe' : ''}`);

if (existsSync(brought)) {
  const { status, error } = spawnSync(brought, [besides('app.ts')], { stdio: 'inherit' });
  if (error) console.error(`Error: the Node of this project could not be started: ${error.message}`);
  process.exitCode = status ?? 1;
} else {
  await import('./needs-node.mjs');
  await import('./app.ts');
}
