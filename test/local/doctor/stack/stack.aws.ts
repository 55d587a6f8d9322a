/** `npm run doctor -- --stack`, on a stack in the local AWS: what is wrong is named, and nothing else. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isSound } from '../../../../lambda/doctor/examine.ts';
import { stackName } from '../../../../local/aws/outputs.ts';
import { diagnosisText } from '../../../../local/doctor/diagnosis-text.ts';
import { examineStack } from '../../../../local/doctor/stack/examine-stack.ts';
import { stackDiagnosis } from '../../../../local/doctor/stack/stack-diagnosis.ts';
import { sentinels } from '../../../lambda/doctor/examining.ts';
import { type DeployedStack, deployStack } from './deployed-stack.ts';
import { functionFaults } from './faults/function.ts';
import { partFaults } from './faults/parts.ts';
import { runFaults } from './faults/runs.ts';
import { scheduleFaults } from './faults/schedule.ts';
import { secretFaults } from './faults/secret.ts';

let stack: DeployedStack;
beforeAll(async () => {
  stack = await deployStack();
}, 300_000);
afterAll(() => stack?.stop());

async function look(workspaces: readonly string[] | undefined = ['default'], name = stackName) {
  const findings = await examineStack({ stack: name, workspaces }, stack.doctorsClients);
  const diagnosis = stackDiagnosis(findings);
  const told = JSON.stringify(diagnosis) + diagnosisText(diagnosis);
  for (const each of [sentinels.key, ...sentinels.ids, sentinels.name]) expect(told).not.toContain(each);
  const { categories } = diagnosis;
  const troubles = categories.flatMap(({ name, checks }) =>
    checks
      .filter(({ result }) => result === 'failed' || result === 'warning')
      .map(({ name: check, ...rest }) => ({ check: `${name}, ${check}`, ...rest })),
  );
  const skipped = categories
    .filter(({ checks }) => checks.every(({ result }) => result === 'skipped'))
    .map(({ name }) => name);
  return { troubles, skipped, diagnosis };
}

const well = { troubles: [], skipped: [] };

test('a stack that is well is told in one line, and has a category for each part', async () => {
  const { diagnosis, ...found } = await look(undefined);
  expect(found).toEqual(well);
  expect(diagnosisText(diagnosis)).toBe('All is well.');
});

test.for([...secretFaults, ...scheduleFaults, ...functionFaults, ...partFaults, ...runFaults])(
  '$title: that is named, with what mends it, and is well again afterwards',
  async ({ check, result = 'failed', skipped = [], mends, inject }) => {
    const mend = await inject(stack);
    const found = await look();
    await mend();
    expect(found.troubles).toEqual([
      { check, result, seen: expect.any(String), hint: expect.stringMatching(mends) },
    ]);
    expect(found.skipped.toSorted()).toEqual([...skipped].toSorted());
    expect(isSound(found.diagnosis)).toBe(result === 'warning');
    expect(await look()).toMatchObject(well);
  },
);
