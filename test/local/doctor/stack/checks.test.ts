/** What the doctor makes of a stack and its parts: only what no stack in the local AWS shows. */
import { describe, expect, test } from 'vitest';
import { questionCheck } from '../../../../local/doctor/stack/athena-checks.ts';
import { functionChecks } from '../../../../local/doctor/stack/function-checks.ts';
import { placesIn, type Resource, type StackSeen } from '../../../../local/doctor/stack/places.ts';
import { queueCheck, queues } from '../../../../local/doctor/stack/queue-checks.ts';
import { stackChecks } from '../../../../local/doctor/stack/stack-checks.ts';
import { bucketChecks, tableCheck } from '../../../../local/doctor/stack/storage-checks.ts';

const outputs = (prefix = '', more: Readonly<Record<string, string>> = {}) =>
  Object.entries({ Function: 'exporter', Bucket: 'lake', Table: 'checkpoints', FollowLog: 'x', ...more }).map(
    ([key, value]) => [prefix + key, value] as const,
  );

const seen: StackSeen = {
  name: 'Shop',
  status: 'UPDATE_COMPLETE',
  hasDrifted: false,
  outputs: new Map(outputs()),
  resources: [],
};

describe('the stack', () => {
  test.each([
    ['CREATE_COMPLETE', 'ok', ''],
    ['UPDATE_ROLLBACK_COMPLETE', 'warning', 'deploy again'],
    ['UPDATE_IN_PROGRESS', 'warning', 'Ask again'],
    ['UPDATE_COMPLETE_CLEANUP_IN_PROGRESS', 'warning', 'Ask again'],
    ['CREATE_IN_PROGRESS', 'failed', 'Ask again'],
    ['DELETE_IN_PROGRESS', 'failed', 'Ask again'],
    ['ROLLBACK_COMPLETE', 'failed', 'aws cloudformation delete-stack --stack-name Shop'],
    ['UPDATE_ROLLBACK_FAILED', 'failed', 'continue the rollback'],
    ['DELETE_FAILED', 'failed', 'delete the stack'],
  ])('%s is %s', (status, result, hint) => {
    const state = stackChecks({ ...seen, status }, 'Shop', 'eu-central-1').find(
      ({ name }) => name === 'state',
    );
    expect(state).toMatchObject({ result, hint: expect.stringContaining(hint) });
  });

  test('one that is not there is told with the region in which it was looked for', () => {
    expect(stackChecks(undefined, 'Shop', 'eu-central-1')).toMatchObject([
      {
        result: 'failed',
        seen: 'there is no stack Shop in eu-central-1',
        hint: expect.stringContaining('AWS_REGION'),
      },
    ]);
  });

  test.each([
    ['of something else', new Map([['Url', 'https://example.com']]), '--stack'],
    ['with two exporters', new Map([...outputs('One'), ...outputs('Two')]), '"doctor": true'],
  ])('one %s is told', (_, given, hint) => {
    const check = stackChecks({ ...seen, outputs: given }, 'Shop', 'x').find(
      ({ name }) => name === 'outputs',
    );
    expect(check).toMatchObject({ result: 'failed', hint: expect.stringContaining(hint) });
  });

  test('what somebody has found changed by hand is a warning', () => {
    const checks = stackChecks({ ...seen, hasDrifted: true }, 'Shop', 'x');
    expect(checks.filter(({ result }) => result !== 'ok')).toMatchObject([
      { name: 'drift', result: 'warning' },
    ]);
  });
});

describe('its parts', () => {
  const resource = (type: string, logicalId: string, physicalId: string): Resource => ({
    type: `AWS::${type}`,
    logicalId,
    physicalId,
  });

  test('those of a construct in a stack of other things are told from those by its name', () => {
    const [places, ...others] = placesIn({
      ...seen,
      outputs: new Map([...outputs('History'), ['Function', 'of-the-shop']]),
      resources: [
        resource('SQS::Queue', 'RunFailures7D813986', 'of the shop'),
        resource('SQS::Queue', 'HistoryRunFailures7D813986', 'runs'),
        resource('Scheduler::Schedule', 'HistoryScheduleOfShopDash2AB12CD34', 'schedule'),
        resource('CloudWatch::Alarm', 'OrdersLate59C6E16C', 'of the shop'),
        resource('CloudWatch::Alarm', 'HistoryAlarmsRunFailed0035F714', 'alarm'),
        resource('IAM::Role', 'HistorySchedulerRole59E73443', 'role'),
      ],
    });
    expect(others).toEqual([]);
    expect(places).toMatchObject({
      function: 'exporter',
      queues: { runs: 'runs', schedules: undefined },
      alarms: ['alarm'],
      schedulerRole: 'role',
      madeBucket: false,
      catalog: undefined,
    });
    expect(places?.scheduleOf('shop-2')).toBe('schedule');
    expect(places?.scheduleOf('shop')).toBeUndefined();
  });

  test('a bucket that was there before keeps versions or not, as its owner wants', () => {
    const places = { bucket: 'lake', madeBucket: false, table: '' };
    expect(bucketChecks({ keepsVersions: false }, places).map(({ result }) => result)).toEqual(['ok', 'ok']);
  });

  test.each([
    ['being made', { status: 'CREATING', keys: ['workspace', 'item'] }],
    ['another', { status: 'ACTIVE', keys: ['id'] }],
  ])('a table that is %s is a failure', (_, table) => {
    expect(tableCheck(table, { bucket: '', madeBucket: true, table: 'checkpoints' }).result).toBe('failed');
  });

  test.each([
    ['state', { state: 'Failed' }],
    ['update', { lastUpdate: 'Failed' }],
    ['role', { role: 'arn:aws:iam::1:role/another' }],
  ])('a function whose %s is wrong is told', (name, change) => {
    const well = {
      arn: '',
      role: 'arn:aws:iam::1:role/exporter',
      state: 'Active',
      lastUpdate: 'Successful',
      reserved: 5,
      logGroup: '/log',
      memory: 512,
      environment: {},
    };
    const [places] = placesIn({
      ...seen,
      resources: [
        resource('Logs::LogGroup', 'ExporterLog12345678', '/log'),
        resource('IAM::Role', 'ExporterRole12345678', 'exporter'),
      ],
    });
    if (!places) throw new TypeError('no places');
    const wrong = functionChecks({ ...well, ...change }, places).filter(({ result }) => result !== 'ok');
    expect(wrong).toMatchObject([{ name, result: 'failed' }]);
    expect(functionChecks(well, places).every(({ result }) => result === 'ok')).toBe(true);
  });

  test('messages in a queue are told with the age of the oldest, where that is known', () => {
    const check = queueCheck({ url: 'https://sqs/x', messages: 3, oldest: 7_300 }, queues.runs);
    expect(check).toMatchObject({
      result: 'warning',
      seen: '3 messages in the queue, the oldest for 2 hours',
    });
  });

  test('a question that has no answer in time is a warning', () => {
    expect(questionCheck({ state: 'QUEUED', reason: '' })).toMatchObject({ result: 'warning' });
  });
});
