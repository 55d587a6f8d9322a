/**
 * A DynamoDB table in memory, behind the SDK's own client. It answers the three calls of a checkpoint store as DynamoDB
 * does, and refuses what DynamoDB would refuse. A read that does not ask for consistency sees the table as it was before
 * the last write; a query gives a few items at a time.
 */
import { type AttributeValue, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';

type Item = Record<string, AttributeValue>;

const text = z.object({ S: z.string() }).strict();
const item = z.looseObject({ workspace: text, item: text });
const names = z.record(z.string(), z.string()).default({});
const values = z.record(z.string(), z.union([text, z.object({ N: z.string() }).strict()])).default({});
const inputs = {
  GetItem: z.object({
    TableName: z.string(),
    Key: z.object({ workspace: text, item: text }).strict(),
    ConsistentRead: z.boolean().default(false),
  }),
  PutItem: z.object({
    TableName: z.string(),
    Item: item,
    ConditionExpression: z.string().optional(),
    ExpressionAttributeNames: names,
    ExpressionAttributeValues: values,
  }),
  Query: z.object({
    TableName: z.string(),
    ConsistentRead: z.boolean().default(false),
    KeyConditionExpression: z.literal('workspace = :workspace'),
    ExpressionAttributeValues: z.object({ ':workspace': text }).strict(),
    ExclusiveStartKey: z.object({ workspace: text, item: text }).strict().optional(),
  }),
};

const itemsOfPage = 7;

interface Asked {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

class Refusal extends Error {}

export class TableInMemory {
  readonly name = 'the-table';
  #items: ReadonlyMap<string, Item> = new Map();
  #before: ReadonlyMap<string, Item> = new Map();

  /** @param answers false: nothing is ever answered. */
  client({ answers = true } = {}): DynamoDBClient {
    return new DynamoDBClient({
      region: 'us-east-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
      maxAttempts: 1,
      requestHandler: {
        handle: async ({ headers, body }: Asked, { abortSignal }: { abortSignal?: AbortSignal } = {}) => {
          if (!answers) await abortOf(abortSignal);
          const input: unknown = JSON.parse(new TextDecoder().decode(body));
          return { response: this.#answer(String(headers['x-amz-target']), input) };
        },
      },
    });
  }

  /** As somebody else may have left it there. */
  place(found: Item): void {
    this.#write(found);
  }

  #answer(target: string, input: unknown): { statusCode: number; headers: object; body: Uint8Array } {
    const headers = { 'content-type': 'application/x-amz-json-1.0' };
    const answer = (statusCode: number, body: object) => ({
      statusCode,
      headers,
      body: Buffer.from(JSON.stringify(body)),
    });
    try {
      return answer(200, this.#call(target.split('.')[1] ?? '', input));
    } catch (error) {
      const type = error instanceof Refusal ? error.message : 'ValidationException';
      return answer(400, { __type: `com.amazonaws.dynamodb.v20120810#${type}`, message: String(error) });
    }
  }

  #call(operation: string, input: unknown): object {
    const { TableName } = z.object({ TableName: z.string() }).parse(input);
    if (TableName !== this.name) throw new Refusal('ResourceNotFoundException');
    switch (operation) {
      case 'GetItem':
        return this.#get(inputs.GetItem.parse(input));
      case 'PutItem':
        return this.#put(inputs.PutItem.parse(input));
      case 'Query':
        return this.#query(inputs.Query.parse(input));
      default:
        throw new Refusal('UnknownOperationException');
    }
  }

  #get({ Key, ConsistentRead }: z.output<typeof inputs.GetItem>): object {
    return { Item: this.#seen(ConsistentRead).get(keyOf(Key)) };
  }

  #put(input: z.output<typeof inputs.PutItem>): object {
    const { Item, ConditionExpression, ExpressionAttributeNames, ExpressionAttributeValues } = input;
    const known = this.#items.get(keyOf(Item));
    const holds = (): boolean => {
      if (ConditionExpression === undefined) return true;
      if (ConditionExpression === 'attribute_not_exists(workspace)') return known === undefined;
      const [name, value] = ConditionExpression.split(' = ');
      const attribute = ExpressionAttributeNames[name ?? ''];
      const expected = ExpressionAttributeValues[value ?? ''];
      if (attribute === undefined || expected === undefined) throw new Refusal('ValidationException');
      return JSON.stringify(known?.[attribute]) === JSON.stringify(expected);
    };
    if (!holds()) throw new Refusal('ConditionalCheckFailedException');
    this.#write(Item as Item);
    return {};
  }

  #query(input: z.output<typeof inputs.Query>): object {
    const { ConsistentRead, ExpressionAttributeValues, ExclusiveStartKey } = input;
    const workspace = ExpressionAttributeValues[':workspace'].S;
    const after = ExclusiveStartKey ? keyOf(ExclusiveStartKey) : '';
    const found = [...this.#seen(ConsistentRead)]
      .filter(([key, each]) => each.workspace?.S === workspace && key > after)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([, each]) => each);
    const Items = found.slice(0, itemsOfPage);
    const last = Items.at(-1);
    // DynamoDB names no last key where it has come to the end.
    if (found.length <= itemsOfPage || !last) return { Items };
    return { Items, LastEvaluatedKey: { workspace: last.workspace, item: last.item } };
  }

  #seen(isConsistent: boolean): ReadonlyMap<string, Item> {
    return isConsistent ? this.#items : this.#before;
  }

  #write(found: Item): void {
    this.#before = this.#items;
    this.#items = new Map([...this.#items, [keyOf(item.parse(found)), found]]);
  }
}

function keyOf({ workspace, item }: { workspace: { S: string }; item: { S: string } }): string {
  return JSON.stringify([workspace.S, item.S]);
}

function abortOf(signal: AbortSignal | undefined): Promise<never> {
  return new Promise((_, reject) => {
    const fail = () => reject(Object.assign(new Error('Request aborted'), { name: 'AbortError' }));
    if (signal?.aborted) fail();
    signal?.addEventListener('abort', fail);
  });
}
