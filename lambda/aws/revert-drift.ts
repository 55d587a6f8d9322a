/**
 * What brings back a part of the stack that somebody has changed or removed by hand. A deployment of the same template
 * does not: CloudFormation compares it with the last template, and not with what there is, and does nothing.
 */
export const revertDrift = 'npx cdk deploy --revert-drift';
