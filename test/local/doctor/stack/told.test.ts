/** What a person is told of a stack, and of an AWS that does not answer. */
import { describe, expect, test } from 'vitest';
import { failed } from '../../../../lambda/doctor/check.ts';
import { diagnosisText } from '../../../../local/doctor/diagnosis-text.ts';
import { asked, judged, refused } from '../../../../local/doctor/stack/asked.ts';
import { noCatalog } from '../../../../local/doctor/stack/athena-checks.ts';
import { Findings } from '../../../../local/doctor/stack/findings.ts';
import { namelessDiagnosis, stackDiagnosis } from '../../../../local/doctor/stack/stack-diagnosis.ts';

describe('what AWS does not answer', () => {
  const error = (name: string, message = 'sentinel') =>
    Object.assign(new Error(message), { name, $metadata: {} });

  test.each([
    ['AccessDeniedException', 'Allow them sqs:GetQueueAttributes'],
    ['CredentialsProviderError', 'AWS_PROFILE'],
    ['ThrottlingException', 'Ask again'],
    ['TimeoutError', 'AWS_ENDPOINT_URL'],
    ['ValidationException', 'AWS console'],
  ])('%s is a finding with what mends it, without the words of AWS', (name, hint) => {
    const check = refused('failed runs', 'sqs:GetQueueAttributes', error(name));
    expect(check).toMatchObject({ result: 'failed', hint: expect.stringContaining(hint) });
    expect(JSON.stringify(check)).not.toContain('sentinel');
  });

  test.each(['Region is missing', 'Region not accepted: region="" is not a valid hostname component.'])(
    '%s: it is told how to set one',
    (message) => expect(refused('found', '', new Error(message)).hint).toBe('Set AWS_REGION.'),
  );

  test('a check that breaks is a finding', async () => {
    const broke = () => {
      throw new TypeError('sentinel');
    };
    const broken = { result: 'failed', seen: 'the check itself broke (TypeError)' };
    expect(judged('x', '', await asked(async () => 1), broke)).toMatchObject([broken]);
    const findings = new Findings();
    await findings.look('x', [], broke);
    expect(findings.all).toMatchObject([{ checks: [broken] }]);
  });
});

describe('what is told', () => {
  const findings = new Findings();
  findings.add('athena', [noCatalog]);
  const own = findings.of('shop');
  own.add('secret', [
    failed(
      'value',
      'it has none',
      'Set it: aws secretsmanager put-secret-value --secret-id of-the-shop-with-a-long-name',
    ),
  ]);
  const all = [...findings.all, ...own.all];

  test('a category says of which workspace it is, and others learn no name', () => {
    expect(stackDiagnosis(all).categories.map(({ name }) => name)).toEqual(['athena', 'secret of shop']);
    expect(namelessDiagnosis(all).categories.map(({ name }) => name)).toEqual(['athena', 'secret']);
  });

  test('a command has a line of its own, and a catalogue that there is not needs nothing that has failed', () => {
    expect(diagnosisText(stackDiagnosis(all))).toBe(
      'failed  secret of shop, value: it has none. Set it:\n' +
        '        aws secretsmanager put-secret-value --secret-id of-the-shop-with-a-long-name',
    );
  });
});
