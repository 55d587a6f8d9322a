import { expect, test } from 'vitest';
import { listedOf } from '../../../lambda/run/listed.ts';

const line = {
  integration_id: 'a',
  integration_name: 'Users',
  integration_type: 'users',
  integration_status: 'active',
  next_scheduled_run: '2026-06-01 12:15:00.500',
  listed: true,
};

test('a line of the table says what is promised, in milliseconds', () => {
  expect(listedOf(JSON.stringify(line))).toEqual({
    name: 'Users',
    type: 'users',
    status: 'active',
    nextScheduledRun: Date.UTC(2026, 5, 1, 12, 15, 0, 500),
    listed: true,
  });
});

test('an empty name is none, and nothing may be promised', () => {
  const bare = { ...line, integration_name: '', integration_status: null, next_scheduled_run: null };
  expect(listedOf(JSON.stringify({ ...bare, listed: false }))).toMatchObject({
    name: null,
    status: null,
    nextScheduledRun: null,
    listed: false,
  });
});
