/**
 * Which file may import which: the arrows between the rooms run one way, types included. A broken rule prints its
 * comment. `npm run architecture` draws what this finds in docs/architecture.md.
 */

const rooms = ['audit', 'bin', 'lambda', 'lib', 'local', 'report', 'sql', 'test'];

/** @returns a rule by which the room imports itself, these paths, and nothing else that is ours. */
const mayImport = (room, paths, comment) => ({
  name: `arrows-of-${room}`,
  comment,
  severity: 'error',
  from: { path: `^${room}/` },
  to: { path: `^(${rooms.join('|')})/`, pathNot: [`${room}/`, ...paths].map((path) => `^${path}`) },
});

/** @returns a rule by which only these paths import the packages. */
const onlyFrom = (packages, paths, comment) => ({
  name: `only-here-${packages[0].replace(/\W+/g, '-').replace(/^-|-$/g, '')}`,
  comment,
  severity: 'error',
  from: { path: `^(${rooms.join('|')})/`, pathNot: [...paths, 'test/'].map((path) => `^${path}`) },
  to: { path: packages.map((name) => `^(node_modules/)?${name}(/|$)`) },
});

/** What decides, in lambda/: it is given its stores, its clock and its way to Braze. */
const core = [
  'lambda/(walk|run|rows|rate-limit|schema|errors|lake|standing|doctor)/',
  'lambda/braze/(?!http-)',
  'lambda/checkpoint/(?!dynamodb-)',
  'lambda/objects/(?!s3-)',
  'lambda/time/(?!system-)',
  'lambda/alerts/(?!(sns|event-bridge|webhook)-sink|open-sinks|send-batches)',
].map((path) => `^${path}`);

const rules = [
  {
    name: 'no-circle',
    comment:
      'Files in a circle can only be understood, tested and moved together. Give what they share, often a type, a file of its own.',
    severity: 'error',
    from: {},
    to: { circular: true },
  },
  {
    name: 'no-circle-of-folders',
    comment:
      'Two folders of lambda/ that import each other are one folder with two names. Move the file to the side that it belongs to.',
    severity: 'error',
    scope: 'folder',
    from: { path: '^lambda/' },
    to: { circular: true },
  },
  {
    name: 'nothing-imports-bin',
    comment: 'bin/ is what a person starts. What two commands share belongs into a room.',
    severity: 'error',
    from: { pathNot: '^bin/' },
    to: { path: '^bin/' },
  },
  {
    name: 'nothing-imports-test',
    comment:
      'What is used must not stand on what tests it. Only the commands of a developer start what lives beside the tests.',
    severity: 'error',
    from: {
      pathNot: [
        '^test/',
        '^vitest\\.config\\.ts$',
        '^bin/(architecture|bench|bench-peers|mutate|reference|simulate)\\.ts$',
      ],
    },
    to: { path: '^test/' },
  },
  mayImport(
    'lambda',
    [],
    'The function is bundled from lambda/ alone: what it needs from elsewhere belongs here.',
  ),
  mayImport(
    'audit',
    [],
    'What holds the exporter’s work against its promises shares nothing with it: a mistake that both make is found by nobody.',
  ),
  mayImport(
    'sql',
    ['lambda/schema/'],
    'The views know the columns and keys of the lake, and nothing of how it is filled or where it is asked.',
  ),
  mayImport(
    'lib',
    ['lambda/', 'sql/'],
    'Whoever deploys needs neither the page nor what runs on a developer’s machine. What the stack and the function must agree on is defined in lambda/, the views in sql/.',
  ),
  mayImport(
    'report',
    ['local/(query|stores)/', 'local/version\\.ts$', 'sql/', 'lambda/'],
    'The page is made of answers to questions: it knows the lake, and no deployment, export or simulated Braze.',
  ),
  mayImport(
    'local',
    ['lambda/', 'sql/', 'lib/'],
    'What runs on a person’s machine drives the exporter, and does not know the page that is made afterwards.',
  ),
  {
    name: 'only-the-local-aws-knows-the-stack',
    comment:
      'An export or a question on a person’s machine must not load the CDK: only the local AWS, the rehearsal and the package deploy. The doctor of a stack knows its names and schedules, which need no CDK.',
    severity: 'error',
    from: { path: '^local/', pathNot: '^local/(aws|package|rehearsal)/' },
    to: { path: '^lib/', pathNot: '^lib/(workspace-id\\.ts$|schedule/)' },
  },
  {
    name: 'core-knows-no-edge',
    comment:
      'The core is given its edges (stores, transport, clock), so that a simulation can give it others: import the interface beside the edge.',
    severity: 'error',
    from: { path: core },
    to: { path: '^lambda/', pathNot: core },
  },
  {
    name: 'core-does-nothing-outside',
    comment:
      'Time, disk and network are passed into the core: a thousand simulated histories must be a matter of seconds.',
    severity: 'error',
    from: { path: core },
    to: { dependencyTypes: ['core'], pathNot: '^(node:)?(crypto|events|util|zlib)$' },
  },
  onlyFrom(
    ['@aws-sdk'],
    [
      'lambda/(aws|secrets)/',
      'lambda/checkpoint/dynamodb-',
      'lambda/objects/s3-',
      'lambda/alerts/(sns|event-bridge)-sink',
      'local/(aws|rehearsal)/',
      'local/doctor/stack/(clients\\.ts$|look/)',
      'audit/bucket/',
      'report/(bucket/|scheduled/|write-bucket-report\\.ts$)',
    ],
    'The SDK is slow to load, and its errors are translated in one place: all else goes through a store.',
  ),
  onlyFrom(
    ['ky'],
    ['lambda/braze/http-', 'lambda/alerts/webhook-sink'],
    'The HTTP client’s errors carry the request with the key or the address in it: they must not leave that file.',
  ),
  onlyFrom(
    ['aws-cdk-lib', 'constructs'],
    ['lib/', 'bin/app\\.ts$', 'local/package/synthesize\\.ts$'],
    'Only the stack needs the CDK, which is slow to load.',
  ),
  onlyFrom(
    ['@duckdb'],
    ['local/query/'],
    'All questions go through local/query: there the views are defined, and a file that can not be read is explained.',
  ),
  onlyFrom(
    ['@observablehq', 'linkedom'],
    ['report/charts/'],
    'A part of the page asks for a chart, and does not draw.',
  ),
  {
    name: 'nothing-unused',
    comment: 'No command, no stack and no function reaches this file: only tests do, or nothing. Remove it.',
    severity: 'error',
    from: { path: ['^bin/', '^lambda/handler\\.ts$', '^lib/index\\.ts$', '^report/scheduled/handler\\.ts$'] },
    // The local AWS serves tests as well, and starts some of its files as programs.
    to: {
      path: '^(audit|lambda|lib|local|report|sql)/.+\\.ts$',
      pathNot: '^local/aws/|^lambda/handler|^lib/index|^report/scheduled/handler',
      reachable: false,
    },
  },
  {
    name: 'nothing-unresolved',
    comment: 'There is no such file or package.',
    severity: 'error',
    from: {},
    to: { couldNotResolve: true },
  },
  {
    name: 'nothing-undeclared',
    comment:
      'It is here only because another package needs it, and goes when that one does. Name it in package.json.',
    severity: 'error',
    from: {},
    to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
  },
];

export default {
  forbidden: rules,
  options: {
    // TypeScript 7 has no parser for other programs. This one sees imports of types as well.
    parser: 'swc',
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'types'],
    },
  },
};
