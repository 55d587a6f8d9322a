import { describe, expect, test } from 'vitest';
import { scheduleOf } from '../../lib/schedule/read-schedule.ts';

const minute = 60;
const hour = 3600;
const day = 86_400;

describe('how far apart runs are', () => {
  test.each([
    ['rate(1 minute)', minute, minute],
    ['rate(15 minutes)', 15 * minute, 15 * minute],
    ['rate(1 hour)', hour, hour],
    ['rate(36 hours)', 36 * hour, 36 * hour],
    ['rate(1 day)', day, day],
    ['rate(7 days)', 7 * day, 7 * day],
    ['cron(* * * * ? *)', minute, minute],
    ['cron(0/15 * * * ? *)', 15 * minute, 15 * minute],
    ['cron(*/25 * * * ? *)', 10 * minute, 25 * minute],
    ['cron(30,0 * * * ? *)', 30 * minute, 30 * minute],
    ['cron(0/30,5 * * * ? *)', 5 * minute, 30 * minute],
    ['cron(10-12 * * * ? *)', minute, 58 * minute],
    ['cron(0 6 * * ? *)', day, day],
    ['cron(0 8-17 ? * MON-FRI *)', hour, 2 * day + 15 * hour],
    ['cron(0 8 ? * 2,4,6 *)', 2 * day, 3 * day],
    ['cron(0 8 ? * L *)', 7 * day, 7 * day],
    ['cron(0 8 1 * ? *)', 28 * day, 31 * day],
    ['cron(0 8 L * ? *)', 28 * day, 31 * day],
    ['cron(0 8 1 JAN-JUN ? *)', 28 * day, 214 * day],
    ['cron(0 8 ? * 6L *)', 28 * day, 35 * day],
    ['cron(0 8 ? * 2#1 *)', 28 * day, 35 * day],
    // 2100 is no leap year.
    ['cron(0 0 29 2 ? *)', 1461 * day, 2921 * day],
    ['cron(0 0 31 * ? *)', 31 * day, 61 * day],
    ['cron(0 0 1,3,31 * ? *)', day, 28 * day],
    ['cron(0 0 30 1,2,3 ? *)', 59 * day, 306 * day],
    ['cron(0 0 ? 2 2#5 *)', 4382 * day, 14_609 * day],
    ['cron(0 8 1 1 ? 2090-2091)', 365 * day, 365 * day],
    ['cron(0 8 1 1 ? 2090)', Infinity, Infinity],
  ])('%s', (expression, shortest, longest) => {
    expect(scheduleOf(expression)).toEqual({ expression, shortest, longest });
  });

  test('is the same wherever the machine stands', () => {
    const zone = process.env.TZ;
    const all = ['UTC', 'Pacific/Auckland', 'America/Los_Angeles'].map((there) => {
      process.env.TZ = there;
      return ['cron(0 8 ? * MON-FRI *)', 'cron(0 0 L * ? *)', 'cron(30 23 15W * ? *)'].map(scheduleOf);
    });
    // A variable that is set to undefined would read "undefined".
    if (zone === undefined) delete process.env.TZ;
    else process.env.TZ = zone;
    expect(all[1]).toEqual(all[0]);
    expect(all[2]).toEqual(all[0]);
  });
});

describe('what AWS would refuse, or never run, is told', () => {
  test.each([
    ['', /^must be rate\(…\), such as/],
    ['15 minutes', /^must be rate\(…\), such as/],
    ['at(2030-01-01T00:00:00)', /^must be rate\(…\), such as/],
    ['Rate(15 minutes)', /^must be rate\(…\), such as/],
    ['rate(1 hourz)', /^must be rate\(N minutes\)/],
    ['rate(0 minutes)', /^must be rate\(N minutes\)/],
    ['rate(1.5 hours)', /^must be rate\(N minutes\)/],
    ['rate(30 seconds)', /^must be rate\(N minutes\)/],
    ['rate(15  minutes)', /^must be rate\(N minutes\)/],
    ['rate(15 minutes', /^must be rate\(N minutes\)/],
    ['rate(1 minutes)', /^must be rate\(1 minute\): AWS takes the singular after 1 only$/],
    ['rate(2 day)', /^must be rate\(2 days\): AWS takes the singular after 1 only$/],
    ['cron(0 6 * * *)', /^must be cron\(…\) with six fields/],
    ['cron(0 6 * * ? * *)', /^must be cron\(…\) with six fields/],
    ['cron(0 6 * * ? *', /^must be cron\(…\) with six fields/],
    ['cron(60 6 * * ? *)', /^is wrong: Number '60' of minutes field is bigger than upper limit '59'$/],
    ['cron(A 6 * * ? *)', /^is wrong: Element 'A' of minutes field is invalid$/],
    ['cron(? 6 * * ? *)', /^is wrong: .* minutes field$/],
    ['cron(0/0 6 * * ? *)', /^is wrong: .* '0\/0' cannot be zero$/],
    ['cron(0/ 6 * * ? *)', /^is wrong: .* '0\/' is not valid/],
    ['cron(0,,5 6 * * ? *)', /^is wrong: .* minutes field$/],
    ['cron(1-2-3 6 * * ? *)', /^is wrong: .* '1-2-3' is not valid/],
    ['cron(0 24 * * ? *)', /^is wrong: .* hours field/],
    ['cron(0 22-2 * * ? *)', /^is wrong: .* hours field$/],
    ['cron(0 -1 * * ? *)', /^is wrong: .* hours field$/],
    ['cron(0 6 32 * ? *)', /^is wrong: .* daysOfMonth field/],
    ['cron(0 6 28-3 * ? *)', /^is wrong: .* daysOfMonth field$/],
    ['cron(0 6 32W * ? *)', /^is wrong: .* daysOfMonth field/],
    ['cron(0 6 L-3 * ? *)', /^is wrong: .* \('L-3'\)$/],
    ['cron(0 6 * 13 ? *)', /^is wrong: .* months field/],
    ['cron(0 6 * Jan ? *)', /^must be cron\(…\) with six fields, .* names in capitals/],
    ['cron(0 6 ? * 0 *)', /^is wrong: .* daysOfWeek field/],
    ['cron(0 6 ? * FRI-MON *)', /^is wrong: .* larger/],
    ['cron(0 6 ? * 2#6 *)', /^is wrong: .* day of the week cannot be greater than 5$/],
    ['cron(0 6 * * ? 1969)', /^is wrong: .* years field/],
    ['cron(0 6 * * ? 2200)', /^is wrong: .* years field/],
    ['cron(0 6 * * * *)', /^must have \? either as its day of month or as its day of week/],
    ['cron(0 6 ? * ? *)', /^must have \? either as its day of month or as its day of week/],
    ['cron(0 6 30 2 ? *)', /^never fires/],
    ['cron(0 6 31 4,6,9,11 ? *)', /^never fires/],
    ['cron(0 6 * * ? 2020-2024)', /^never fires/],
  ])('%s', (expression, fault) => {
    expect(scheduleOf(expression)).toMatch(fault);
  });
});
