/** Lambda takes 4 KB of environment: told before synthesis, not by a deployment that rolls back. */
import { functionEnvironment } from '../function-environment.ts';
import type { Fault } from './fault.ts';
import type { Settings } from './schema.ts';

const most = 4096;

/** A name or ARN that only the deployment knows. An ARN of a secret is about this long in the longest region. */
const notKnownYet = 'x'.repeat(150);

export function environmentFault(settings: Settings): Fault[] {
  const { existingBucket, existingTable } = settings;
  const environment = functionEnvironment(settings, {
    bucket: existingBucket ?? notKnownYet,
    table: existingTable ?? notKnownYet,
    topic: notKnownYet,
    secretOf: ({ apiKeySecretName }) => apiKeySecretName ?? notKnownYet,
  });
  // Lambda measures it as JSON, with every quote of the workspaces' own JSON escaped.
  const bytes = Buffer.byteLength(JSON.stringify(environment));
  if (bytes <= most) return [];
  return [
    [
      ['workspaces'],
      `are too many for one function: their settings take about ${bytes} bytes, and Lambda allows ${most}. ` +
        'Name or mute fewer integrations, or make two stacks of them in an app of your own, each with a database of its own',
    ],
  ];
}
