import type { Equivalent } from '../equivalent.ts';

export const sameCheckpoint: readonly Equivalent[] = [
  {
    file: 'lambda/checkpoint/dynamodb-checkpoint-store.ts',
    original: '[]',
    mutated: '["Stryker was here"]',
    context: 'for await (const { Items = [] } of pages) {',
    why: 'DynamoDB always answers a query with a list, be it an empty one.',
  },
  {
    file: 'lambda/checkpoint/dynamodb-checkpoint-store.ts',
    original: '!(error instanceof Damaged)',
    mutated: 'false',
    why: 'Reading an item that is there throws nothing else.',
  },
  {
    file: 'lambda/checkpoint/dynamodb-checkpoint-store.ts',
    original: 'stored.item?.S',
    mutated: 'stored.item.S',
    why: 'The table takes no item without its two keys, which are texts.',
  },
  {
    file: 'lambda/checkpoint/dynamodb-checkpoint-store.ts',
    original: 'workspace?.S',
    mutated: 'workspace.S',
    why: 'The table takes no item without its two keys, which are texts.',
  },
  {
    file: 'lambda/checkpoint/dynamodb-checkpoint-store.ts',
    original: 'item?.S',
    mutated: 'item.S',
    context: "const place = this.#place(workspace?.S ?? '', item?.S);",
    why: 'The table takes no item without its two keys, which are texts.',
  },
  {
    file: 'lambda/checkpoint/dynamodb-checkpoint-store.ts',
    original: 'item?.S === undefined',
    mutated: 'false',
    why: 'The table takes no item without its two keys, which are texts.',
  },
  {
    file: 'lambda/checkpoint/dynamodb-checkpoint-store.ts',
    original: 'item?.S',
    mutated: 'item.S',
    context:
      'if (item?.S === undefined || !Number.isSafeInteger(number) || number < 1 || data?.S === undefined) {',
    why: 'The table takes no item without its two keys, which are texts.',
  },
  {
    file: 'lambda/checkpoint/fields.ts',
    original: 'parsed !== undefined',
    mutated: 'true',
    why: 'Undefined is no text, and so not the one that is asked about.',
  },
  {
    file: 'lambda/checkpoint/integration-record.ts',
    original: '{ last: null, current: null }',
    mutated: '{}',
    why: 'What is left out since format 4 is put in again, and is the same.',
  },
  {
    file: 'lambda/checkpoint/integration-record.ts',
    original: '{ day: notYet, week: notYet, month: notYet, asked: notYet }',
    mutated: '{}',
    why: 'What is left out since format 4 is put in again, and is the same.',
  },
  {
    file: 'lambda/checkpoint/integration-record.ts',
    original: '{ format: z.literal(4) }',
    mutated: '{}',
    why: 'What is filled up of another format is refused all the same, for its format.',
  },
];
