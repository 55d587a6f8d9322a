import { revertDrift } from '../../../lambda/aws/revert-drift.ts';

/**
 * What sets right what somebody has changed or removed by hand. The runbook has what it does to a bucket or a table
 * that is gone, and the way for a stack that the CDK has not made. The command comes last: there it has a line of its own.
 */
export const setRight = `(first read docs/runbook.md#parts-that-were-changed-or-removed-by-hand): ${revertDrift}`;
