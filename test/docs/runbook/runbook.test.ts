/** docs/runbook.md against what leads to it, in both directions. */
import { globSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { runbookOf } from '../../../lambda/alerts/runbook.ts';
import { incidentKinds, traps } from '../../../lambda/standing/standing.ts';
import { openLake } from '../../../local/query/open-lake.ts';
import { project, templateOf, workspace } from '../../lib/synthesize.ts';
import { scratchFolder } from '../../local/stores/scratch.ts';
import { anchorOf, sectionsOf } from './sections.ts';
import { sentencesIn } from './sentences.ts';

const page = readFileSync(join(project, 'docs/runbook.md'), 'utf8');
const sections = sectionsOf(page);
const anchors = sections.map(({ anchor }) => anchor);
const named = (word: string) =>
  sections.flatMap(({ level, heading }) =>
    level === 3 && heading.startsWith(`${word}: `) ? [heading.slice(word.length + 2)] : [],
  );

describe('each heading belongs to something, and each of these has its heading:', () => {
  test('kinds of incidents', () => expect(named('Incident')).toEqual(incidentKinds));

  test('traps', () => expect(named('Trap')).toEqual(traps));

  test('links of alerts', () => {
    const alerts = [
      ...incidentKinds.map((kind) => ({ kind, trap: null })),
      ...traps.map((trap) => ({ kind: 'trap' as const, trap })),
    ];
    const wanted = [
      ...incidentKinds.map((kind) => `Incident: ${kind}`),
      ...traps.map((trap) => `Trap: ${trap}`),
    ];
    expect(alerts.map(runbookOf)).toEqual(wanted.map((heading) => `docs/runbook.md#${anchorOf(heading)}`));
    expect(alerts.map(runbookOf).filter((link) => !anchors.includes(link.split('#')[1] ?? ''))).toEqual([]);
  });

  test('statuses of a sync', () => {
    const source = readFileSync(join(project, 'lambda/rows/sync-row.ts'), 'utf8');
    const final = /finalStatuses = new Set\(\[(.*?)\]/s.exec(source)?.[1]?.match(/\w+/g) ?? [];
    expect(named('Status')).toEqual([...final, 'running', 'anything else']);
  });

  test('alarms of the stack, whose descriptions end with the link to it', () => {
    const template = templateOf({
      workspaces: [workspace('default'), workspace('b')],
      report: { schedule: 'rate(1 day)' },
    });
    const links = Object.values(template.findResources('AWS::CloudWatch::Alarm')).map(
      ({ Properties }) => / docs\/runbook\.md#([\w-]+)\.$/.exec(Properties.AlarmDescription)?.[1],
    );
    const wanted = named('Alarm').map((name) => anchorOf(`Alarm: ${name}`));
    expect([...new Set(links)].sort()).toEqual(wanted.sort());
  });
});

describe('a sentence of the exporter', () => {
  const rooms = ['errors', 'run', 'walk', 'rows', 'lake', 'checkpoint', 'secrets', 'objects', 'aws'];
  const files = [
    ...globSync([...rooms.map((room) => `lambda/${room}/*.ts`), 'local/stores/*.ts'], { cwd: project }),
    // The others in that room say what is wrong with a sync.
    ...globSync('lambda/alerts/{*-sink,send-batches}.ts', { cwd: project }),
    'lambda/invocation.ts',
    'lambda/environment.ts',
  ];
  const said = files.flatMap((file) => sentencesIn(readFileSync(join(project, file), 'utf8')));
  const failures = sections.filter(({ heading }) => heading.startsWith('Failure: '));
  const quotes = failures.flatMap(({ text }) =>
    [...text.matchAll(/“([^”]+)”/g)].map(([, quote = '']) => quote.replace(/\s+/g, ' ')),
  );
  /** Those that are no failure, or are only put at the end of one. */
  const others = [
    // A fault of the environment that no user can bring about.
    'S3 gave no body or no entity tag.',
    // They begin or end other sentences.
    '… can not be made: …',
    'And … more: the log names them all.',
    'Give it a name or a place of its own (--workspace, --data).',
  ];

  test('is found where there is one', () => expect(said.length).toBeGreaterThan(60));

  test('has its heading', () => {
    const missing = said.filter(
      (sentence) => ![...quotes, ...others].some((quote) => holds(sentence, quote)),
    );
    expect(missing).toEqual([]);
  });

  test('is what the page quotes', () => {
    expect(
      [...quotes, ...others].filter((quote) => !said.some((sentence) => holds(sentence, quote))),
    ).toEqual([]);
  });

  test('stands under one heading alone', () => {
    expect(quotes.filter((quote, index) => quotes.indexOf(quote) !== index)).toEqual([]);
    expect(failures.every(({ text }) => text.includes('“'))).toBe(true);
  });
});

/** Three dots at an end of a quote only say that something stands there. */
const holds = (sentence: string, quote: string): boolean =>
  sentence.includes(quote.replace(/^… ?| ?…$/g, '')) || sentence === quote;

test.each(sections.filter(({ level }) => level === 3))(
  '$heading says what it means, what to look at, what to do and when it is over',
  ({ text }) => {
    const labels = [...text.matchAll(/^\*\*(Means\.|Look at|Do|Over when)\*\* /gm)].map(([, label]) => label);
    expect(labels).toEqual(['Means.', 'Look at', 'Do', 'Over when']);
  },
);

test('fits into a terminal', () =>
  expect(page.split('\n').filter((line) => line.length > 80 && !line.startsWith('- “'))).toEqual([]));

describe.each(globSync('{README.md,docs/*.md}', { cwd: project }))('%s', (file) => {
  const text = readFileSync(join(project, file), 'utf8');

  test('links to headings of the runbook that are there', () => {
    const links = [...text.matchAll(/runbook\.md#([\w-]+)/g)].map(([, anchor = '']) => anchor);
    const own = file.endsWith('runbook.md')
      ? [...text.matchAll(/\]\(#([\w-]+)\)/g)].map(([, at = '']) => at)
      : [];
    expect([...links, ...own].filter((anchor) => !anchors.includes(anchor))).toEqual([]);
  });
});

test('its links to other pages lead somewhere', () => {
  const missing = [...page.matchAll(/\]\(([\w./-]+\.md)(?:#([\w-]+))?\)/g)].filter(([, path = '', at]) => {
    const linked = readFileSync(join(project, dirname('docs/runbook.md'), path), 'utf8');
    return at !== undefined && !sectionsOf(linked).some(({ anchor }) => anchor === at);
  });
  expect(missing).toEqual([]);
});

const questions = [...page.matchAll(/^```sql\n(.*?)^```/gms)].map(([, sql = '']) => sql);

test.each(questions)('can be asked: %s', async (sql) => {
  const directory = scratchFolder();
  mkdirSync(join(directory, 'lake'));
  const lake = await openLake(directory);
  onTestFinished(() => lake.close());
  expect((await lake.query(sql)).columns.length).toBeGreaterThan(0);
});
