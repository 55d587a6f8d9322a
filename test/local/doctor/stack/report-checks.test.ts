/** The reports that the stack writes by itself. */
import { ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { GetScheduleCommand, SchedulerClient } from '@aws-sdk/client-scheduler';
import { expect, test, vi } from 'vitest';
import { reportKey } from '../../../../lambda/schema/keys.ts';
import { lookAtReports } from '../../../../local/doctor/stack/look/reports.ts';
import { lookAtSchedule } from '../../../../local/doctor/stack/look/schedule.ts';
import { placesIn } from '../../../../local/doctor/stack/places.ts';
import { reportScheduleChecks, writtenCheck } from '../../../../local/doctor/stack/report-checks.ts';
import { templateOf, workspace } from '../../../lib/synthesize.ts';

const hour = 3_600_000;
const now = Date.UTC(2026, 10, 28, 12);
const schedule = {
  isEnabled: true,
  expression: 'rate(1 day)',
  target: '',
  input: '{"workspaces":[{"name":"shop"},{"name":"b"}]}',
  role: '',
  changedAt: now - 1_000 * hour,
};
/** @param ages in hours, by workspace. */
const written = (ages: Readonly<Record<string, number>>) =>
  new Map(Object.entries(ages).map(([name, age]) => [reportKey(name), now - age * hour]));

test.each([
  ['both in time', { shop: 47, b: 3 }, {}, 'ok', '47 hours ago'],
  ['one no more', { shop: 49, b: 3 }, {}, 'failed', 'none of shop for 2 days'],
  ['one never', { shop: 3 }, {}, 'failed', 'none of b for 42 days'],
  ['one not yet', { shop: 3 }, { changedAt: now - 47 * hour }, 'ok', '3 hours ago, none yet of b'],
  ['none yet', {}, { changedAt: now }, 'ok', 'none yet of shop, b'],
  ['by a schedule that was slower', { shop: 150, b: 150 }, { changedAt: now - hour }, 'ok', '6 days ago'],
  ['before somebody disabled it', { shop: 150, b: 150 }, { isEnabled: false }, 'ok', '6 days ago'],
  ['every minute, and they take their time', { shop: 0.9, b: 0 }, { expression: 'rate(1 minute)' }, 'ok', ''],
  ['for nobody', { shop: 1, b: 1 }, { input: '{}' }, 'failed', 'hands over no workspaces'],
  ['for what nobody can read', { shop: 1, b: 1 }, { input: '{' }, 'failed', 'hands over no workspaces'],
])('they were written, %s', (_, ages, change, result, seen) => {
  const check = writtenCheck(written(ages), { ...schedule, ...change }, now);
  expect(check).toMatchObject({ name: 'written', result, seen: expect.stringContaining(seen) });
});

test.each([
  ['gone', undefined, 'schedule', 'npx cdk deploy --revert-drift'],
  ['disabled', { ...schedule, isEnabled: false }, 'state', 'enable Weekly'],
])('a schedule that is %s is told', (_, given, name, hint) => {
  const [wrong, ...others] = reportScheduleChecks(given, 'Weekly').filter(({ result }) => result !== 'ok');
  expect(others).toEqual([]);
  expect(wrong).toMatchObject({ name, result: 'failed', hint: expect.stringContaining(hint) });
});

test('the parts are found under the names that the stack gives them', () => {
  const template = templateOf({ workspaces: [workspace('shop')], report: { schedule: 'rate(1 day)' } });
  const { Resources } = template.toJSON();
  const [places] = placesIn({
    name: '',
    status: '',
    hasDrifted: false,
    outputs: new Map(['Function', 'Bucket', 'Table', 'FollowLog'].map((each) => [each, each])),
    resources: Object.entries<{ Type: string }>(Resources).map(([logicalId, { Type: type }]) => ({
      logicalId,
      type,
      physicalId: logicalId,
    })),
  });
  expect(places?.reportSchedule).toMatch(/^ReportSchedule/);
  expect(places?.queues.reports).toMatch(/^ReportFailures/);
  expect(places?.alarms).toContainEqual(expect.stringMatching(/^ReportReportFailed/));
});

test('AWS says when the schedule was set, and when each report was written', async () => {
  const place = { region: 'eu-central-1', credentials: { accessKeyId: 'a', secretAccessKey: 'b' } };
  const [s3, scheduler] = [new S3Client(place), new SchedulerClient(place)];
  vi.spyOn(s3, 'send').mockImplementation(async (command) => {
    expect(command).toBeInstanceOf(ListObjectsV2Command);
    expect(command.input).toMatchObject({ Bucket: 'lake', Prefix: 'reports/' });
    return { Contents: [{ Key: reportKey('shop'), LastModified: new Date(now) }] };
  });
  vi.spyOn(scheduler, 'send').mockImplementation(async (command) => {
    expect(command).toBeInstanceOf(GetScheduleCommand);
    return { State: 'ENABLED', LastModificationDate: new Date(now) };
  });
  expect(await lookAtReports(s3, 'lake')).toEqual(written({ shop: 0 }));
  expect(await lookAtSchedule(scheduler, 'Weekly')).toMatchObject({ isEnabled: true, changedAt: now });
});
