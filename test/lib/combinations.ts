/** Combinations of options: each pair of two options' values at least once, and every one of those that meet in IAM. */
import type { SyncHistoryStackProps } from '../../lib/sync-history-stack.ts';
import { workspace } from './synthesize.ts';

type Props = Partial<SyncHistoryStackProps>;

interface Choice {
  readonly name: string;
  readonly props: (place: Place) => Props;
}

/** Where a stack goes: its ARNs begin otherwise in each. */
export interface Place {
  readonly partition: string;
  readonly region: string;
}

export const places: readonly Place[] = [
  { partition: 'aws', region: 'eu-central-1' },
  { partition: 'aws-cn', region: 'cn-north-1' },
  { partition: 'aws-us-gov', region: 'us-gov-west-1' },
];

const account = '123456789012';
const arn = ({ partition, region }: Place, service: string, rest: string) =>
  `arn:${partition}:${service}:${region}:${account}:${rest}`;
const none: Choice = { name: '', props: () => ({}) };
const choice = (name: string, props: Choice['props']): Choice => ({ name, props });

const vpc = {
  vpcId: 'vpc-0123456789abcdef0',
  subnetIds: ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'],
};

/** All of their combinations. */
const inFull: readonly (readonly Choice[])[] = [
  [
    none,
    choice('vpc', () => ({ vpc })),
    choice('vpc with group', () => ({ vpc: { ...vpc, securityGroupIds: ['sg-0123456789abcdef0'] } })),
  ],
  [
    none,
    choice('key', (place) => ({
      encryptionKeyArn: arn(place, 'kms', 'key/01234567-89ab-cdef-0123-456789abcdef'),
    })),
  ],
  [
    none,
    choice('boundary by name', () => ({ permissionsBoundary: 'developers' })),
    choice('boundary by ARN', ({ partition }) => ({
      permissionsBoundary: `arn:${partition}:iam::${account}:policy/team/developers`,
    })),
  ],
];

/** Each value of one beside each value of every other. */
const inPairs: readonly (readonly Choice[])[] = [
  places.map((place) => choice(place.partition, () => ({ env: { account, region: place.region } }))),
  [
    none,
    choice('bucket', () => ({ existingBucket: 'kept-bucket' })),
    choice('bucket and table', () => ({ existingBucket: 'kept-bucket', existingTable: 'kept-table' })),
  ],
  [none, choice('path', () => ({ rolePath: '/service/crm/' }))],
  [none, choice('tags', () => ({ tags: { team: 'crm', 'cost centre': '4711' } }))],
  [none, choice('log', () => ({ logRetentionDays: 365, architecture: 'x86_64' as const }))],
  [
    none,
    choice('alarm topic', (place) => ({ alarmTopicArn: arn(place, 'sns', 'on-call') })),
    choice('addresses', () => ({ alarmEmail: 'on-call@example.com', alerts: { email: 'crm@example.com' } })),
  ],
  [
    none,
    choice('report', () => ({ report: { schedule: 'rate(1 day)' } })),
    choice('report told', () => ({ report: { schedule: 'rate(7 days)', announce: true } })),
  ],
  [none, choice('no catalog', () => ({ catalog: false }))],
  [
    none,
    choice('workspaces', () => ({
      workspaces: [
        workspace('default'),
        workspace('a-b', { apiKeySecretName: 'braze/a-b' }),
        workspace('c', { paused: true }),
      ],
    })),
  ],
];

export interface Combination {
  readonly name: string;
  readonly place: Place;
  readonly props: Props;
}

export function combinations(): Combination[] {
  const options = [...inFull, ...inPairs];
  const rows = fill(
    inFull.reduce<number[][]>(
      (begun, values) => begun.flatMap((row) => values.map((_, at) => [...row, at])),
      [[]],
    ),
    options,
  );
  return rows.map((row) => {
    const place = places[row[inFull.length] ?? 0] ?? { partition: 'aws', region: 'eu-central-1' };
    const chosen = row.map((at, option) => options[option]?.[at] ?? none);
    return {
      name: chosen
        .map(({ name }) => name)
        .filter(Boolean)
        .join(', '),
      place,
      props: Object.assign({}, ...chosen.map(({ props }) => props(place))),
    };
  });
}

/** Greedily: each row takes, option by option, the value that meets most of what it has not met yet. */
function fill(begun: readonly (readonly number[])[], options: readonly (readonly unknown[])[]): number[][] {
  const met = new Set<string>();
  const pair = (a: number, x: number, b: number, y: number) => `${a}=${x} ${b}=${y}`;
  const complete = (start: readonly number[]): number[] => {
    const row = [...start];
    for (let option = row.length; option < options.length; option++) {
      const news = (value: number) => row.filter((x, a) => !met.has(pair(a, x, option, value))).length;
      const values = [...(options[option] ?? []).keys()];
      row.push(values.reduce((best, value) => (news(value) > news(best) ? value : best), 0));
    }
    for (const [b, y] of row.entries())
      for (const [a, x] of row.slice(0, b).entries()) met.add(pair(a, x, b, y));
    return row;
  };
  const rows = begun.map(complete);
  // What is left is begun with a pair that nobody has met.
  for (const [b, ofB] of options.entries()) {
    for (const y of ofB.keys()) {
      for (const [a, ofA] of options.slice(0, b).entries()) {
        for (const x of ofA.keys()) {
          if (met.has(pair(a, x, b, y))) continue;
          const row = complete(Array.from({ length: b }, (_, option) => (option === a ? x : 0)));
          row[b] = y;
          met.add(pair(a, x, b, y));
          rows.push(row);
        }
      }
    }
  }
  return rows;
}
