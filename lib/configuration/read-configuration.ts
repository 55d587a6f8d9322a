/** The configuration, checked as a whole: every fault is told, not only the first. */
import type { z } from 'zod';
import { ConfigurationFault } from './configuration-fault.ts';
import { contradictions } from './contradictions.ts';
import type { Fault } from './fault.ts';
import { repetitions } from './repetitions.ts';
import {
  alertsSchema,
  configurationSchema,
  reportSchema,
  type Settings,
  vpcSchema,
  workspaceSchema,
} from './schema.ts';
import { settingsFault } from './settings-size.ts';

/**
 * @param path What the faults' paths begin with.
 * @throws {ConfigurationFault}
 */
export function readConfiguration(given: unknown, path: string): Settings {
  const parsed = configurationSchema.safeParse(given);
  const faults = [
    ...(parsed.error?.issues.flatMap(told) ?? []),
    ...repetitions(given),
    ...contradictions(given),
    ...(parsed.success ? settingsFault(parsed.data) : []),
  ].map(([place, fault]) => `${written([path, ...place])} ${fault}.`);
  if (faults.length > 0 || !parsed.success) throw new ConfigurationFault([...new Set(faults)]);
  return parsed.data;
}

function told(issue: z.core.$ZodIssue): Fault[] {
  if (issue.code !== 'unrecognized_keys') return [[issue.path, issue.message]];
  const [top] = issue.path;
  const { shape } = schemaAt(top);
  const known = Object.keys(shape).join(', ');
  return issue.keys.map((key) => [
    [...issue.path, key],
    apiKey.test(key)
      ? 'has no place in a file: take it out, and once deployed, run the command of the output SetKey, which asks for it'
      : `is not known; known here are ${known}`,
  ]);
}

/** Whoever writes the key down here means well, and would commit it. */
const apiKey = /^(braze)?[-_]?(rest)?[-_]?(api)?[-_]?key$/i;

function schemaAt(top: PropertyKey | undefined) {
  if (top === undefined) return configurationSchema;
  if (top === 'alerts') return alertsSchema;
  if (top === 'report') return reportSchema;
  return top === 'vpc' ? vpcSchema : workspaceSchema;
}

/** As one would write it in a program: `brazeSyncHistory.workspaces[1].endpoint`. */
const written = ([first, ...rest]: readonly PropertyKey[]): string =>
  rest.reduce<string>(
    (path, part) => (typeof part === 'number' ? `${path}[${part}]` : `${path}.${String(part)}`),
    String(first),
  );
