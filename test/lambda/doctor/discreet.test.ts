/** No key, id, name, host or address of the customer is in anything that is written, whatever the answers hold. */
import { expect, test } from 'vitest';
import { diagnosisText } from '../../../local/doctor/diagnosis-text.ts';
import { doctorReport } from '../../../local/doctor/report.ts';
import { refusal } from '../../../local/simulator/answer.ts';
import { examined, type Fault, sentinels, shopWorld, troubles } from './examining.ts';

const secrets = /sentinel|shop|127\.0\.0\.1|127001/i;

const answers: readonly (readonly [string, Fault])[] = [
  ['sound answers', {}],
  ['absolute links', { quirks: { linkForm: 'absolute' } }],
  [
    'links to another host',
    { quirks: { linkForm: 'foreign', foreignOrigin: 'https://sentinelhost.example' } },
  ],
  ['links with titles', { quirks: { linkForm: 'hostile' } }],
  [
    'words of the customer',
    {
      integration: { integration_status: sentinels.mail },
      row: (row) => ({ ...row, job_status: `${sentinels.name} 1` }),
    },
  ],
  ['fields of the customer', { row: (row) => ({ ...row, 'Sentinelfield of shop': 1, [sentinels.mail]: 2 }) }],
  ['times that hold a name', { row: (row) => ({ ...row, sync_start_time: sentinels.name }) }],
  [
    'a key that is echoed',
    { lie: () => refusal(403, `${sentinels.key} is not on the IP allowlist of shop`) },
  ],
  [
    'a web page',
    { faults: () => ({ status: 200, headers: { 'content-type': 'text/html' }, body: sentinels.key }) },
  ],
  ['a redirect', { faults: () => ({ redirect: 'https://sentinelhost.example/' }) }],
  ['a closed port', { options: { endpoint: 'http://127.0.0.1:9' } }],
  [
    'an address with a password',
    { options: { endpoint: 'https://sentinel:sentinel@rest.iad-01.braze.com' } },
  ],
  ['an unknown integration', { options: { integrations: ['sentinelid-nobody'] } }],
];

test.each(answers)('%s are looked at, and nothing of the customer is written', async (_, fault) => {
  const examination = await examined(fault);
  expect(diagnosisText(examination.diagnosis)).not.toMatch(secrets);
  expect(JSON.stringify(examination.diagnosis)).not.toMatch(secrets);
  expect(JSON.stringify(doctorReport(examination))).not.toMatch(secrets);
});

test('how much there is of the customer does not change the report', async () => {
  const few = doctorReport(await examined());
  expect(doctorReport(await examined({ world: shopWorld({}, 40) }))).toEqual(few);
});

test('a check that breaks is a finding, without what it has stumbled over', async () => {
  const transport = () => Promise.reject(new TypeError(`${sentinels.key} at Object.<anonymous>`));
  const { diagnosis } = await examined({ transport });
  expect(troubles(diagnosis)).toEqual(['failed connection, answer']);
  expect(diagnosisText(diagnosis)).toMatch(/the check itself broke \(TypeError\)/);
  expect(JSON.stringify(diagnosis)).not.toMatch(/sentinel|anonymous/);
});

test('every line for a person fits 80 columns', async () => {
  for (const [, fault] of answers) {
    const { diagnosis } = await examined(fault);
    for (const line of diagnosisText(diagnosis).split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  }
});
