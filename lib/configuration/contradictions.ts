/**
 * What can't stand beside each other. As with what stands twice, it looks at the configuration as it was given, so that
 * a contradiction is told beside all other faults.
 */
import type { Fault } from './fault.ts';

export function contradictions(configuration: unknown): Fault[] {
  const has = (key: string): boolean =>
    typeof configuration === 'object' &&
    configuration !== null &&
    Reflect.get(configuration, key) !== undefined;
  return [
    // The other way round is safe: without checkpoints the history is read again, and joined to what the lake has.
    ...(has('existingTable') && !has('existingBucket') ? [tableWithoutBucket] : []),
    ...(has('alarmEmail') && has('alarmTopicArn') ? [twoWaysToBeTold] : []),
  ];
}

const tableWithoutBucket: Fault = [
  ['existingTable'],
  'needs existingBucket beside it: the checkpoints of one lake would claim of another what is not in it',
];

const twoWaysToBeTold: Fault = [
  ['alarmEmail'],
  'can not stand beside alarmTopicArn: subscribe the address to that topic',
];
