/** P14: under another name a record would not be found again, and its history would begin anew. */
import { expect, test } from 'vitest';
import { integrationItem } from '../../../lambda/checkpoint/integration-record.ts';
import { workspaceItem } from '../../../lambda/checkpoint/lease.ts';

test('the records of a workspace have the names that they have always had', () => {
  expect([workspaceItem, integrationItem('5f1c')]).toEqual(['workspace', 'integration#5f1c']);
});
