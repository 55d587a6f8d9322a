/** What is spoiled in a lake is found, and named with its object and row. */
import { gzipSync } from 'node:zlib';
import { beforeAll, expect, test } from 'vitest';
import type { FindingKind } from '../../audit/findings.ts';
import { objectNameOf } from '../../audit/lake/quarantine.ts';
import { quarantineKey } from '../../lambda/schema/keys.ts';
import { CorruptibleLake, dayOf, quarantine, tableOf } from './corruptible-lake.ts';

const today = dayOf('2026-06-01');
const yesterday = dayOf('2026-05-31');
const [coverage, standing, integrations, changes] = [
  tableOf('coverage'),
  tableOf('standing'),
  tableOf('integrations'),
  tableOf('changes'),
];
const newestFailing = '2026-06-01T11:00:00.183728';

interface Corruption {
  readonly spoil: (lake: CorruptibleLake) => void;
  readonly kind: FindingKind;
  readonly key: string;
  readonly id?: string | null;
  readonly says: RegExp;
}

/** The line of today that holds the text. */
const lineWith = (lines: readonly string[], text: string): number =>
  lines.findIndex((line) => line.includes(text));

/** Replaces a text in the line of `failing` that started last. */
const inNewest = (from: string | RegExp, to: string) => (lake: CorruptibleLake) =>
  lake.edit(today, (lines) => {
    const index = lineWith(lines, newestFailing);
    const line = lines[index] ?? '';
    const changed = line.replace(from, to);
    if (changed === line) throw new Error(`${line} has no ${from}.`);
    return lines.with(index, changed);
  });

/** Changes what a record says of how its integration stands. */
function changeStanding(
  lake: CorruptibleLake,
  id: string,
  change: (before: Record<string, unknown>) => Record<string, unknown>,
): void {
  const before = lake.record(`integration#${id}`).standing as Record<string, unknown>;
  lake.change(`integration#${id}`, { standing: { ...before, ...change(before) } });
}

function remove(lake: CorruptibleLake, item: string): void {
  lake.records = lake.records.filter((record) => record.item !== item);
}

/** A line of the table `changes`. */
const change = (field: string, before: string | null, after: string | null) =>
  JSON.stringify({ seen_at: '2026-06-01 12:00:00.000', integration_id: 'hourly', field, before, after });

/** As the workspace's record keeps it. */
const heldBackIncident = { integration_id: 'hourly', open: [{ id: 'held' }], outbox: [] };

const corruptions: Record<string, Corruption> = {
  'a file of another program': {
    spoil: (lake) => lake.write(`syncs/workspace=tested/dt=2026-06-01/part-0001.tmp`, []),
    kind: 'stray_object',
    key: 'syncs/workspace=tested/dt=2026-06-01/part-0001.tmp',
    says: /Nothing of a lake/,
  },
  'a day that there is not': {
    spoil: (lake) => lake.write(dayOf('2026-02-30'), []),
    kind: 'stray_object',
    key: dayOf('2026-02-30'),
    says: /Nothing of a lake/,
  },
  'a workspace that can not be called so': {
    spoil: (lake) => lake.write('coverage/workspace=Tested/coverage.ndjson.gz', []),
    kind: 'stray_object',
    key: 'coverage/workspace=Tested/coverage.ndjson.gz',
    says: /Nothing of a lake/,
  },
  'an object that is cut short': {
    spoil: (lake) => {
      const body = Buffer.from(lake.objects.get(today)?.body ?? []);
      lake.objects.set(today, { body: body.subarray(0, body.length - 20) });
    },
    kind: 'damaged_object',
    key: today,
    says: /not gzip, or not whole/,
  },
  'an object that is not compressed': {
    spoil: (lake) => lake.objects.set(today, { body: Buffer.from(lake.lines(today).join('\n')) }),
    kind: 'damaged_object',
    key: today,
    says: /not gzip.* No line/,
  },
  'bytes after the end': {
    spoil: (lake) =>
      lake.objects.set(today, {
        body: Buffer.concat([lake.objects.get(today)?.body ?? Buffer.of(), Buffer.from('more')]),
      }),
    kind: 'damaged_object',
    key: today,
    says: /not gzip, or not whole/,
  },
  'a last line without its end': {
    spoil: (lake) => lake.writeBody(today, gzipSync(lake.lines(today).join('\n'))),
    kind: 'damaged_object',
    key: today,
    says: /last line has no end/,
  },
  'a text that is not UTF-8': {
    spoil: (lake) => lake.writeBody(today, gzipSync(Buffer.from([...Buffer.from('{"'), 0xff, 10]))),
    kind: 'damaged_object',
    key: today,
    says: /not UTF-8/,
  },
  'a day without a line': {
    spoil: (lake) => lake.write(dayOf('2026-05-01'), []),
    kind: 'odd_object',
    key: dayOf('2026-05-01'),
    says: /no line/,
  },
  'an object that another program has compressed': {
    spoil: (lake) => {
      const body = gzipSync(
        lake
          .lines(today)
          .map((line) => `${line}\n`)
          .join(''),
      );
      body[9] = 3;
      lake.objects.set(today, { body });
    },
    kind: 'odd_object',
    key: today,
    says: /operating system/,
  },
  'a content encoding': {
    spoil: (lake) =>
      lake.objects.set(today, {
        body: lake.objects.get(today)?.body ?? Buffer.of(),
        contentEncoding: 'gzip',
      }),
    kind: 'odd_object',
    key: today,
    says: /content encoding is gzip/,
  },
  'a content type': {
    spoil: (lake) =>
      lake.objects.set(today, {
        body: lake.objects.get(today)?.body ?? Buffer.of(),
        contentType: 'text/plain',
      }),
    kind: 'odd_object',
    key: today,
    says: /text\/plain/,
  },
  'a line that is not JSON': {
    spoil: (lake) => lake.edit(today, (lines) => lines.with(1, lines[1]?.slice(0, -1) ?? '')),
    kind: 'not_json',
    key: today,
    id: null,
    says: /^Line 2 is not/,
  },
  'a blank line': {
    spoil: (lake) => lake.edit(today, (lines) => ['', ...lines]),
    kind: 'not_json',
    key: today,
    says: /^Line 1 is not/,
  },
  'a column that is not there': {
    spoil: inNewest('"problems":null,', ''),
    kind: 'wrong_keys',
    key: today,
    says: /lacks problems/,
  },
  'a column that nobody knows': {
    spoil: inNewest('"problems":null,', '"problems":null,"more":1,'),
    kind: 'wrong_keys',
    key: today,
    says: /has more/,
  },
  'columns in another order': {
    spoil: inNewest(/("job_status":"error"),("rows_synced":null)/, '$2,$1'),
    kind: 'wrong_keys',
    key: today,
    says: /another order/,
  },
  'a blank between cells': {
    spoil: inNewest('"problems":null,', '"problems": null,'),
    kind: 'not_canonical',
    key: today,
    id: 'failing',
    says: /not written as its cells.*2026-06-01 11:00/,
  },
  'line ends of another system': {
    spoil: (lake) => lake.edit(today, (lines) => lines.map((line) => `${line}\r`)),
    kind: 'not_canonical',
    key: today,
    says: /^Line 1 /,
  },
  'a timestamp that the SerDe fails on': {
    spoil: inNewest('"2026-06-01 11:00:00.183"', '"2026-06-01T11:00:00.183Z"'),
    kind: 'wrong_type',
    key: today,
    says: /sync_start_time is "2026-06-01T11/,
  },
  'a count with a fraction': {
    spoil: inNewest('"rows_synced":null', '"rows_synced":1.5'),
    kind: 'wrong_type',
    key: today,
    says: /rows_synced is 1\.5/,
  },
  'a count past 64 bits': {
    spoil: inNewest('"rows_synced":null', '"rows_synced":9223372036854775808'),
    kind: 'wrong_type',
    key: today,
    says: /9223372036854775808, not a bigint/,
  },
  'a finish that is not the row’s': {
    spoil: (lake) => lake.set(today, 'hourly', { sync_finish_time: '2026-06-01 00:00:43.000' }),
    kind: 'cell_differs',
    key: today,
    id: 'hourly',
    says: /the sync of 2026-06-01T00:00.*sync_finish_time is 2026-06-01 00:00:43.000, and the raw row says 2026/,
  },
  'a start that was rounded': {
    spoil: inNewest('"2026-06-01 11:00:00.183"', '"2026-06-01 11:00:00.184"'),
    kind: 'cell_differs',
    key: today,
    id: 'failing',
    says: /\.184, and the raw row says .*\.183/,
  },
  'a status in capitals': {
    spoil: inNewest('"job_status":"error"', '"job_status":"Error"'),
    kind: 'cell_differs',
    key: today,
    says: /job_status is Error/,
  },
  'a count that is not the row’s': {
    spoil: (lake) => lake.set(today, 'hourly', { rows_synced: 2 }),
    kind: 'cell_differs',
    key: today,
    says: /rows_synced is 2, and the raw row says 1/,
  },
  'problems that are not said': {
    spoil: (lake) => lake.set(yesterday, 'running', { problems: null }),
    kind: 'cell_differs',
    key: yesterday,
    says: /problems is null, and the raw row says last_timestamp_synced,rows_synced/,
  },
  'a raw row that was changed': {
    spoil: inNewest(/(\\"job_status\\":\\")error/, '$1success'),
    kind: 'cell_differs',
    key: today,
    says: /job_status is error, and the raw row says success/,
  },
  'a raw row that is no row': {
    spoil: inNewest('"raw":"{', '"raw":"{{'),
    kind: 'unplaceable',
    key: today,
    id: 'failing',
    says: /11:00:00.183: The row is not a JSON object/,
  },
  'a raw row that can not be placed': {
    spoil: inNewest(/(\\"sync_start_time\\":\\")2026/, '$11926'),
    kind: 'unplaceable',
    key: today,
    says: /before 2022/,
  },
  'a sync in another day': {
    spoil: (lake) => lake.edit(today, (lines) => [lake.lines(yesterday)[0] ?? '', ...lines.slice(1)]),
    kind: 'wrong_day',
    key: today,
    says: /^Line 1, the sync of 2026-05-31T.* is not of this day/,
  },
  'a sync in two days': {
    spoil: (lake) => lake.edit(today, (lines) => [lake.lines(yesterday)[0] ?? '', ...lines]),
    kind: 'double',
    key: today,
    says: /^Line 1, the sync of 2026-05-31.*stands in line 1 of syncs\/workspace=tested\/dt=2026-05-31/,
  },
  'a sync in two days, the wrong one first': {
    spoil: (lake) => lake.edit(yesterday, (lines) => [...lines, lake.lines(today)[0] ?? '']),
    kind: 'double',
    key: yesterday,
    says: /stands in line 1 of syncs\/workspace=tested\/dt=2026-06-01/,
  },
  'two lines that have changed places': {
    spoil: (lake) => lake.edit(today, ([first = '', second = '', ...rest]) => [second, first, ...rest]),
    kind: 'wrong_order',
    key: today,
    says: /^Line 2, the sync of 2026-06-01T07:00.* stands after one that is later/,
  },
  'a line that stands twice': {
    spoil: (lake) => lake.edit(today, ([first = '', ...rest]) => [first, first, ...rest]),
    kind: 'double',
    key: today,
    id: 'failing',
    says: /^Line 2, the sync of 2026-06-01T07:00.* stands in line 1 as well/,
  },
  'a sync that stands twice, with more and with fewer digits': {
    spoil: (lake) =>
      lake.edit(today, (lines) => {
        const index = lineWith(lines, newestFailing);
        const short = (lines[index] ?? '').replace('11:00:00.183728Z', '11:00:00.183Z');
        return lines.toSpliced(index, 0, short);
      }),
    kind: 'double',
    key: today,
    id: 'failing',
    says: /as 2026-06-01T11:00:00\.183\.$/,
  },
  'a quarantined row that stands twice': {
    spoil: (lake) => lake.edit(quarantine, (lines) => [...lines, ...lines]),
    kind: 'double',
    key: quarantine,
    id: 'hourly',
    says: /^Line 2 .*yesterday/,
  },
  'a quarantined row in another object once more': {
    spoil: (lake) => lake.write('quarantine/workspace=tested/other.ndjson.gz', lake.lines(quarantine)),
    kind: 'double',
    key: 'quarantine/workspace=tested/other.ndjson.gz',
    says: /in quarantine already/,
  },
  'a quarantined row among the syncs': {
    spoil: (lake) => {
      const { integration_id, raw } = JSON.parse(lake.lines(today)[0] ?? '');
      const line = JSON.stringify({ integration_id, reason: 'None.', raw });
      lake.write('quarantine/workspace=tested/failing.ndjson.gz', [line]);
    },
    kind: 'quarantined_and_placed',
    key: today,
    id: 'failing',
    says: /^Line 1, the sync of 2026-06-01T07/,
  },
  'a quarantined row without a reason': {
    spoil: (lake) => lake.set(quarantine, 'hourly', { reason: null }),
    kind: 'wrong_type',
    key: quarantine,
    says: /names no reason/,
  },
  'an integration with two lines': {
    spoil: (lake) => lake.edit(integrations, ([first = '', ...rest]) => [first, first, ...rest]),
    kind: 'double',
    key: integrations,
    id: 'failing',
    says: /^Line 2 /,
  },
  'integrations in another order': {
    spoil: (lake) => lake.edit(integrations, (lines) => lines.toReversed()),
    kind: 'wrong_order',
    key: integrations,
    says: /^Line 2 /,
  },
  'addresses in a raw row': {
    spoil: (lake) =>
      lake.set(integrations, 'hourly', { raw: '{"integration_id":"hourly","of":[{"Contact_Emails":1}]}' }),
    kind: 'contact_emails',
    key: integrations,
    id: 'hourly',
    says: /^Line 2 keeps contact_emails/,
  },
  'addresses behind an escape': {
    spoil: (lake) => lake.set(integrations, 'hourly', { raw: '{"\\u0063ontact_emails":1}' }),
    kind: 'contact_emails',
    key: integrations,
    says: /contact_emails/,
  },
  'addresses in a sync': {
    spoil: inNewest('"raw":"{', '"raw":"{\\"contact_emails\\":[],'),
    kind: 'contact_emails',
    key: today,
    says: /contact_emails/,
  },
  'a name that is not the row’s': {
    spoil: (lake) => lake.set(integrations, 'hourly', { integration_name: 'daily' }),
    kind: 'cell_differs',
    key: integrations,
    id: 'hourly',
    says: /integration_name is daily, and the raw row says hourly/,
  },
  'a history that is said to be longer': {
    spoil: (lake) => lake.set(coverage, 'hourly', { complete_from: '2026-05-01 00:00:00.000' }),
    kind: 'coverage_differs',
    key: coverage,
    id: 'hourly',
    says: /whole from 2026-05-01 00:00:00.000 on, and the lake has no sync/,
  },
  'a history that is said to go on': {
    spoil: (lake) => lake.set(coverage, 'hourly', { complete_to: '2026-06-02 00:00:00.000' }),
    kind: 'coverage_differs',
    key: coverage,
    id: 'hourly',
    says: /complete_to is 2026-06-02 .* by its checkpoint record 2026-06-01/,
  },
  'open syncs that are not there': {
    spoil: (lake) => lake.set(coverage, 'hourly', { open_syncs: 1 }),
    kind: 'coverage_differs',
    key: coverage,
    id: 'hourly',
    says: /it counts 1 sync as open or abandoned, and the lake has 0/,
  },
  'an open sync that is not counted': {
    spoil: (lake) => lake.set(coverage, 'running', { open_syncs: 0 }),
    kind: 'coverage_differs',
    key: coverage,
    id: 'running',
    says: /not final, and none is counted/,
  },
  'whole, with gaps': {
    spoil: (lake) => lake.set(coverage, 'hourly', { gaps: 2 }),
    kind: 'coverage_differs',
    key: coverage,
    says: /complete, and has 2 gaps/,
  },
  'a state that there is not': {
    spoil: (lake) => lake.set(coverage, 'hourly', { state: 'fine' }),
    kind: 'coverage_differs',
    key: coverage,
    says: /fine, which is no state/,
  },
  'an integration of which coverage says nothing': {
    spoil: (lake) => lake.edit(coverage, (lines) => lines.slice(1)),
    kind: 'coverage_differs',
    key: coverage,
    id: 'failing',
    says: /no line of it/,
  },
  'no coverage': {
    spoil: (lake) => lake.objects.delete(coverage),
    kind: 'missing_object',
    key: coverage,
    says: /not there/,
  },
  'a newest sync that is not the newest': {
    spoil: (lake) => lake.set(standing, 'failing', { last_start: '2026-06-01 10:00:00.000' }),
    kind: 'standing_differs',
    key: standing,
    id: 'failing',
    says: /last_start is 2026-06-01 10:00:00.000, and by the syncs 2026-06-01 11:00:00.183/,
  },
  'a success that was none': {
    spoil: (lake) => lake.set(standing, 'failing', { last_success: '2026-06-01 10:00:00.000' }),
    kind: 'standing_differs',
    key: standing,
    says: /by the syncs 2026-06-01 07:00/,
  },
  'a streak that is shorter': {
    spoil: (lake) => lake.set(standing, 'failing', { syncs_without_success: 2 }),
    kind: 'standing_differs',
    key: standing,
    says: /syncs_without_success is 2, and by the syncs 3/,
  },
  'a watermark that is not there': {
    spoil: (lake) => lake.set(standing, 'hourly', { newest_timestamp_synced: '2026-06-01 10:00:00.000' }),
    kind: 'standing_differs',
    key: standing,
    says: /and by the syncs null/,
  },
  'healthy, though it fails': {
    spoil: (lake) => lake.set(standing, 'failing', { state: 'healthy' }),
    kind: 'standing_differs',
    key: standing,
    id: 'failing',
    says: /state is healthy, and its newest sync that is over was error/,
  },
  'late by no judgement': {
    spoil: (lake) => lake.set(standing, 'hourly', { judged_by: null, late: true }),
    kind: 'standing_differs',
    key: standing,
    says: /late is true, judged by null/,
  },
  'no standing': {
    spoil: (lake) => lake.objects.delete(standing),
    kind: 'missing_object',
    key: standing,
    says: /not there/,
  },
  'a day that is lost': {
    spoil: (lake) => lake.objects.delete(dayOf('2026-05-30')),
    kind: 'checkpoint_differs',
    key: 'integration#hourly',
    says: /whole up to the sync of 2026-05-30T21:00:00/,
  },
  'a row that is lost': {
    spoil: (lake) => lake.edit(today, (lines) => lines.toSpliced(lineWith(lines, newestFailing), 1)),
    kind: 'standing_differs',
    key: standing,
    id: 'failing',
    says: /last_start is 2026-06-01 11:00:00.183, and by the syncs 2026-06-01 10:00/,
  },
  'an awaited sync that is lost': {
    spoil: (lake) => lake.edit(today, (lines) => lines.slice(0, -1)),
    kind: 'checkpoint_differs',
    key: 'integration#running',
    says: /waits for the sync of 2026-06-01T11:50/,
  },
  'a record of a newer format': {
    spoil: (lake) => lake.change('integration#hourly', { format: 99 }),
    kind: 'checkpoint_newer',
    key: 'integration#hourly',
    says: /format is 99/,
  },
  'a record that is none': {
    spoil: (lake) => lake.change('integration#hourly', { stretches: 'none' }),
    kind: 'checkpoint_damaged',
    key: 'integration#hourly',
    says: /no stretches/,
  },
  'a record that knows nothing of what is in quarantine': {
    spoil: (lake) => lake.change('integration#hourly', { quarantine_empty_at: '2026-06-01T11:00:00' }),
    kind: 'checkpoint_differs',
    key: 'integration#hourly',
    says: /says that nothing is in quarantine, and there are rows/,
  },
  'a record of another integration': {
    spoil: (lake) => lake.change('integration#hourly', { integration_id: 'failing' }),
    kind: 'checkpoint_differs',
    key: 'integration#hourly',
    says: /called integration#hourly, and holds failing/,
  },
  'stretches that overlap': {
    spoil: (lake) => {
      const { stretches } = lake.record('integration#hourly');
      lake.change('integration#hourly', { stretches: [stretches, stretches].flat() });
    },
    kind: 'checkpoint_differs',
    key: 'integration#hourly',
    says: /stretches meet/,
  },
  'a quarantined row where the exporter never looks': {
    spoil: (lake) => {
      lake.write('quarantine/workspace=tested/some.ndjson.gz', lake.lines(quarantine));
      lake.objects.delete(quarantine);
    },
    kind: 'stray_object',
    key: 'quarantine/workspace=tested/some.ndjson.gz',
    id: 'hourly',
    says: /^Line 1: .* stand in hourly\.ndjson\.gz/,
  },
  'no integrations, though a run has written them': {
    spoil: (lake) => lake.objects.delete(integrations),
    kind: 'missing_object',
    key: integrations,
    says: /a run has written it/,
  },
  'no changes, though a run has written them': {
    spoil: (lake) => lake.objects.delete(changes),
    kind: 'missing_object',
    key: changes,
    says: /a run has written it/,
  },
  'a change that another one denies': {
    spoil: (lake) => lake.write(changes, [change('listed', 'true', 'false'), change('listed', null, 'true')]),
    kind: 'changes_differ',
    key: changes,
    id: 'hourly',
    says: /^Line 2: listed was null before, and by line 1 false/,
  },
  'a change of nothing': {
    spoil: (lake) => lake.write(changes, [change('listed', 'true', 'true')]),
    kind: 'changes_differ',
    key: changes,
    id: 'hourly',
    says: /^Line 1: listed is said to have changed, and is true as before/,
  },
  'a change of something else': {
    spoil: (lake) => lake.write(changes, [change('last_job_status', 'success', 'error')]),
    kind: 'changes_differ',
    key: changes,
    id: 'hourly',
    says: /^Line 1: last_job_status is nothing of which changes are told/,
  },
  'a change that is not so now': {
    spoil: (lake) => lake.write(changes, [change('listed', 'true', 'false')]),
    kind: 'changes_differ',
    key: changes,
    id: 'hourly',
    says: /^Line 1: listed has become false, and is true in integrations/,
  },
  'an integration that has changed, and is listed no more': {
    spoil: (lake) => {
      lake.write(changes, [change('listed', 'false', 'true')]);
      lake.edit(integrations, (lines) => lines.filter((line) => !line.includes('"hourly"')));
    },
    kind: 'changes_differ',
    key: changes,
    id: 'hourly',
    says: /^Line 1: listed has changed, and integrations has no line of it/,
  },
  'an integration that is judged by its schedule, and is listed no more': {
    spoil: (lake) => {
      lake.set(standing, 'hourly', { judged_by: 'schedule', late: false });
      lake.edit(integrations, (lines) => lines.filter((line) => !line.includes('"hourly"')));
    },
    kind: 'standing_differs',
    key: standing,
    id: 'hourly',
    says: /integrations has no line of it/,
  },
  'coverage that was never checked': {
    spoil: (lake) => lake.set(coverage, 'hourly', { checked_at: null, late_rows: 5 }),
    kind: 'coverage_differs',
    key: coverage,
    id: 'hourly',
    says: /checked_at is null, and by its checkpoint record 2026-06-01 12/,
  },
  'coverage that is older than its record': {
    spoil: (lake) => lake.set(coverage, 'hourly', { checked_at: '2026-06-01 11:00:00.000' }),
    kind: 'coverage_differs',
    key: coverage,
    id: 'hourly',
    says: /checked_at is 2026-06-01 11:00:00.000, and by its checkpoint record 2026-06-01 12/,
  },
  'a standing that is older than its record': {
    spoil: (lake) => lake.set(standing, 'hourly', { as_of: '2026-06-01 11:00:00.000', last_status: 'error' }),
    kind: 'standing_differs',
    key: standing,
    id: 'hourly',
    says: /as_of is 2026-06-01 11:00:00.000, and by its checkpoint record 2026-06-01 12/,
  },
  'a standing as of no time': {
    spoil: (lake) => lake.set(standing, 'hourly', { as_of: null }),
    kind: 'standing_differs',
    key: standing,
    id: 'hourly',
    says: /as_of is null/,
  },
  'incidents that are not named': {
    spoil: (lake) => lake.set(standing, 'failing', { incidents: null }),
    kind: 'standing_differs',
    key: standing,
    id: 'failing',
    says: /incidents is null, and by the checkpoint b51f0ccbcd011ab200b747c0d7c7e705,ca5bcdb/,
  },
  'an incident that nobody knows': {
    spoil: (lake) => lake.set(standing, 'hourly', { incidents: 'unknown' }),
    kind: 'standing_differs',
    key: standing,
    id: 'hourly',
    says: /incidents is unknown, and by the checkpoint null/,
  },
  'an incident that only the workspace’s record knows': {
    spoil: (lake) => lake.change('workspace', { incidents: [heldBackIncident] }),
    kind: 'standing_differs',
    key: standing,
    id: 'hourly',
    says: /incidents is null, and by the checkpoint held/,
  },
  'a state that begins in the future': {
    spoil: (lake) => lake.set(standing, 'failing', { since: '2026-06-02 12:00:11.000' }),
    kind: 'standing_differs',
    key: standing,
    id: 'failing',
    says: /began at 2026-06-02 12:00:11.000, which is still to come/,
  },
  'a distance that is negative': {
    spoil: (lake) => lake.set(standing, 'hourly', { usual_minutes: -5 }),
    kind: 'standing_differs',
    key: standing,
    id: 'hourly',
    says: /usual_minutes is -5/,
  },
  'one that continues nobody': {
    spoil: (lake) => lake.set(standing, 'hourly', { continues: 'nobody' }),
    kind: 'standing_differs',
    key: standing,
    id: 'hourly',
    says: /it continues nobody/,
  },
  'an incident that is open twice': {
    spoil: (lake) => changeStanding(lake, 'failing', ({ open }) => ({ open: [open, open].flat() })),
    kind: 'checkpoint_differs',
    key: 'integration#failing',
    id: 'failing',
    says: /the incident b51f0ccbcd011ab200b747c0d7c7e705 is open twice/,
  },
  'a newest sync that the lake has otherwise': {
    spoil: (lake) =>
      changeStanding(lake, 'failing', ({ recent }) => ({
        recent: (recent as unknown[][]).with(-2, ['2026-06-01T10:00:00', 42000, 'success', 70, 30, null]),
      })),
    kind: 'checkpoint_differs',
    key: 'integration#failing',
    id: 'failing',
    says: /it keeps 2026-06-01 10:00:00.000 42000 success 70 30 null, and the lake has .* partial 70/,
  },
  'more newest syncs than the lake has': {
    spoil: (lake) =>
      changeStanding(lake, 'failing', ({ recent }) => ({
        recent: [['2026-06-01T06:00:00', 42000, 'success', 1, null, null], ...(recent as unknown[])],
      })),
    kind: 'checkpoint_differs',
    key: 'integration#failing',
    says: /it keeps 2026-06-01 06.*, and the lake has none/,
  },
  'a record that has lost its newest syncs': {
    spoil: (lake) => changeStanding(lake, 'hourly', () => ({ recent: [] })),
    kind: 'checkpoint_differs',
    key: 'integration#hourly',
    id: 'hourly',
    says: /keeps no newest sync, and the lake has 2026-06-01 12/,
  },
  'an integration without a record': {
    spoil: (lake) => remove(lake, 'integration#hourly'),
    kind: 'checkpoint_damaged',
    key: 'integration#hourly',
    id: 'hourly',
    says: /Coverage has a line of it/,
  },
  'a workspace without a record': {
    spoil: (lake) => remove(lake, 'workspace'),
    kind: 'checkpoint_damaged',
    key: 'workspace=tested',
    says: /no record of the workspace/,
  },
  'no checkpoint': {
    spoil: (lake) => lake.records.splice(0),
    kind: 'checkpoint_damaged',
    key: 'workspace=tested',
    says: /no record/,
  },
};

const june = 'days/workspace=tested/month=2026-06/days.ndjson.gz';
const may = 'days/workspace=tested/month=2026-05/days.ndjson.gz';
const ofRunning = {
  integration_id: 'running',
  dt: '2026-06-01',
  syncs: 1,
  successes: 0,
  partials: 0,
  errors: 0,
  config_errors: 0,
  other_failures: 0,
  not_final: 1,
  successes_without_rows: 0,
  rows_synced: null,
  rows_failed: null,
  median_seconds: null,
  p95_seconds: null,
  largest_gap_minutes: 730,
  first_start: '2026-06-01 11:50:00.000',
  last_start: '2026-06-01 11:50:00.000',
  last_finish: null,
};
/** @returns the findings about the table days, of a lake whose checkpoint says that it is up to date. */
async function findingsOfDays(...lines: object[]) {
  const lake = made.copy();
  lake.change('workspace', { format: 4, months_behind: [], changes_ahead: false });
  lake.objects.delete(may);
  lake.write(
    june,
    lines.map((line) => JSON.stringify(line)),
  );
  const { findings } = await lake.audit();
  return findings.filter(({ key }) => key.startsWith('days/'));
}

test('a day’s sums that are right are no finding, and those that lack are', async () => {
  expect(await findingsOfDays(ofRunning)).toEqual([
    {
      kind: 'missing_object',
      key: may,
      integration_id: null,
      detail: 'It is not there, and the month has syncs.',
    },
    ...['failing', 'hourly'].map((integration_id) => ({
      kind: 'days_differ',
      key: june,
      integration_id,
      detail: 'There is no line of 2026-06-01, which has syncs.',
    })),
  ]);
});

test.each([
  [{ syncs: 2 }, /^Line 1, of 2026-06-01: syncs is 2, and by the syncs 1/],
  [{ largest_gap_minutes: 729.5 }, /largest_gap_minutes is 729.5, and by the syncs 730/],
  [{ not_final: 0, other_failures: 1 }, /not_final is 0/],
  [{ rows_synced: 0 }, /rows_synced is 0, and by the syncs null/],
  [{ dt: '2026-05-31' }, /it is no day of this month/],
  [{ dt: '2026-06-02' }, /has no syncs of it on that day/],
])('found and named: a day’s sums with %j', async (cells, says) => {
  const found = await findingsOfDays({ ...ofRunning, ...cells });
  const wanted = {
    kind: 'days_differ',
    key: june,
    integration_id: 'running',
    detail: expect.stringMatching(says),
  };
  expect(found).toContainEqual(wanted);
});

test('a month whose lines have changed places is found', async () => {
  const lake = made.copy();
  lake.edit(may, (lines) => lines.toReversed());
  expect((await lake.audit()).findings).toContainEqual({
    kind: 'wrong_order',
    key: may,
    integration_id: 'hourly',
    detail: 'Line 2, of 2026-05-31: it stands after one that sorts behind it.',
  });
});

let made: CorruptibleLake;
beforeAll(async () => {
  made = await CorruptibleLake.made();
});

test('nothing is found in what the exporter has made, with and without its checkpoint', async () => {
  const report = await made.audit();
  expect(report.findings).toEqual([]);
  expect(report).toMatchObject({ objects: made.objects.size, checkpointWasRead: true });
  expect(report.rows).toBeGreaterThan(50);
  expect((await made.audit(false)).findings).toEqual([]);
});

test.each(['present', 'gone'])(
  'what a run says of one that is %s and whose record it could not write is no finding',
  async (condition) => {
    const lake = made.copy();
    const record = lake.records.find(({ item }) => item === 'integration#hourly');
    Object.assign(record?.data ?? {}, { condition });
    const state = condition === 'gone' ? 'gone' : 'failing';
    lake.set(coverage, 'hourly', { state, failure: 'The store did not answer in time.' });
    const { findings } = await lake.audit();
    expect(findings.filter(({ key }) => key === coverage)).toEqual([]);
  },
);

test('a state of gone is none by a failure beside it', async () => {
  const lake = made.copy();
  lake.set(coverage, 'hourly', { state: 'gone', failure: 'The store did not answer in time.' });
  const { findings } = await lake.audit();
  expect(findings.filter(({ key }) => key === coverage)).toEqual([
    expect.objectContaining({
      detail: expect.stringContaining('state is gone, and by its checkpoint record'),
    }),
  ]);
});

test.each([
  ['older than coverage, which is written first', 2, 0],
  ['as old as coverage', 1, 1],
])('a standing that says something else than the syncs, and is %s: %s', async (_, coverageAt, findings) => {
  const lake = made.copy();
  lake.set(standing, 'hourly', { last_status: 'error' });
  lake.writtenAt.set(coverage, coverageAt).set(standing, 1);
  expect((await lake.audit()).findings).toHaveLength(findings);
});

test('coverage and standing that a run could not write are older than its records, and no finding', async () => {
  const lake = made.copy();
  const later = '2026-06-01T12:00:05';
  for (const { item } of lake.records)
    if (item !== 'workspace') lake.change(item, { head_at: later, checked_at: later });
  changeStanding(lake, 'failing', () => ({ open: [] }));
  expect((await lake.audit()).findings).toEqual([]);
});

test('a run that is under way, or was killed, may have written records, and not yet what is said of them', async () => {
  const lake = made.copy();
  lake.change('workspace', { lake_ahead: true });
  for (const key of [integrations, changes]) lake.objects.delete(key);
  remove(lake, 'integration#running');
  changeStanding(lake, 'failing', () => ({ open: [], recent: [] }));
  lake.change('integration#failing', {
    head_at: '2026-06-01T12:00:01.15',
    checked_at: '2026-06-01T12:00:01.15',
  });
  expect((await lake.audit()).findings).toEqual([]);
});

test('a first run that ends while the audit reads has written what was not there yet', async () => {
  const lake = made.copy();
  const last = [integrations, changes, coverage, standing].map(
    (key) => [key, lake.objects.get(key)] as const,
  );
  for (const [key] of last) lake.objects.delete(key);
  lake.meanwhile = () => {
    for (const [key, object] of last) if (object) lake.objects.set(key, object);
  };
  expect((await lake.audit()).findings).toEqual([]);
});

test('changes that follow from each other are no finding, nor are those that a killed run has told ahead', async () => {
  const lake = made.copy();
  const chain = [change('listed', null, 'true'), change('listed', 'true', 'false')];
  lake.write(changes, [...chain, change('listed', 'false', 'true')]);
  expect((await lake.audit()).findings).toEqual([]);
  lake.write(changes, chain);
  lake.change('workspace', { changes_ahead: true });
  expect((await lake.audit()).findings).toEqual([]);
});

test('one that was held back has its incidents in the workspace’s record', async () => {
  const lake = made.copy();
  lake.change('workspace', { incidents: [heldBackIncident] });
  lake.set(standing, 'hourly', { incidents: 'held' });
  expect((await lake.audit()).findings).toEqual([]);
});

test.each([
  ['failing', 'failing', 0],
  ['failing', 'gone', 0],
  ['failing', 'complete', 1],
  ['gone', 'gone', 1],
])(
  'a run that failed as a whole has not written standing: the others are %s, and one is %s',
  async (others, one, findings) => {
    const lake = made.copy();
    lake.objects.delete(standing);
    const failure = 'The store did not answer in time.';
    for (const id of ['failing', 'hourly', 'running']) {
      const state = id === 'hourly' ? one : others;
      lake.set(coverage, id, { state, failure: state === 'failing' ? failure : null });
    }
    const found = await lake.audit();
    expect(found.findings.filter(({ key }) => key === standing)).toHaveLength(findings);
  },
);

test('what an earlier version has not kept of the tables of the list says nothing', async () => {
  const lake = made.copy();
  delete lake.record('workspace').changes_ahead;
  for (const key of [integrations, changes]) lake.objects.delete(key);
  expect((await lake.audit()).findings).toEqual([]);
});

test.each(['hourly', 'Hourly', '', '.', '_a/b', 'a b', 'ä', 'x'.repeat(101), '../etc'])(
  'the audit knows in which object the exporter keeps the quarantined rows of "%s"',
  (id) => expect(quarantineKey('tested', id)).toBe(`quarantine/workspace=tested/${objectNameOf(id)}`),
);

test('there are enough kinds of it', () => expect(Object.keys(corruptions).length).toBeGreaterThan(60));

test.each(Object.entries(corruptions))('found and named: %s', async (_, { spoil, kind, key, id, says }) => {
  const lake = made.copy();
  spoil(lake);
  const { findings } = await lake.audit();
  const named = {
    kind,
    key,
    detail: expect.stringMatching(says),
    ...(id === undefined ? {} : { integration_id: id }),
  };
  expect(findings).toContainEqual(expect.objectContaining(named));
});
