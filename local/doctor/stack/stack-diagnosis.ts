import type { Diagnosis } from '../../../lambda/doctor/check.ts';
import type { Finding } from './findings.ts';

/** What is of a workspace says so in the name of its category: `key of default`. */
export const stackDiagnosis = (findings: readonly Finding[]): Diagnosis => ({
  categories: findings.map(({ name, workspace, checks }) => ({
    name: workspace === undefined ? name : `${name} of ${workspace}`,
    checks,
  })),
});

/** For others: without the names of the workspaces. */
export const namelessDiagnosis = (findings: readonly Finding[]): Diagnosis => ({
  categories: findings.map(({ name, checks }) => ({ name, checks })),
});
