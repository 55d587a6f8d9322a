import {
  type AttributeValue,
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  paginateQuery,
} from '@aws-sdk/client-dynamodb';
import { explainingAws } from '../aws/aws-failure.ts';
import { Damaged } from '../errors/damaged.ts';
import { LostRace } from '../errors/lost-race.ts';
import type { CheckpointRecord, CheckpointStore, DamagedRecord } from './checkpoint-store.ts';

type Item = Record<string, AttributeValue>;

/**
 * The checkpoint in a table: partition key `workspace`, sort key `item`, and beside them `version`, a number,
 * and `data`, the record as JSON text, so that a person reads in the console what a file would show.
 */
export class DynamoDbCheckpointStore implements CheckpointStore {
  readonly #client: DynamoDBClient;
  readonly #table: string;
  readonly #options: { readonly abortSignal?: AbortSignal };

  /** @param stop ends every call at once, whatever it waits for. */
  constructor(client: DynamoDBClient, table: string, stop?: AbortSignal) {
    this.#client = client;
    this.#table = table;
    this.#options = stop ? { abortSignal: stop } : {};
  }

  async list(workspace: string): Promise<(CheckpointRecord | DamagedRecord)[]> {
    const records: (CheckpointRecord | DamagedRecord)[] = [];
    const pages = paginateQuery(
      { client: this.#client },
      {
        TableName: this.#table,
        ConsistentRead: true,
        KeyConditionExpression: 'workspace = :workspace',
        ExpressionAttributeValues: { ':workspace': { S: workspace } },
      },
      this.#options,
    );
    await explainingAws(this.#place(workspace), async () => {
      for await (const { Items = [] } of pages) {
        for (const item of Items) records.push(this.#recordOrDamage(item));
      }
    });
    return records;
  }

  async get(workspace: string, item: string): Promise<CheckpointRecord | undefined> {
    const command = new GetItemCommand({
      TableName: this.#table,
      Key: { workspace: { S: workspace }, item: { S: item } },
      ConsistentRead: true,
    });
    const { Item } = await explainingAws(this.#place(workspace, item), () =>
      this.#client.send(command, this.#options),
    );
    return Item && this.#parse(Item);
  }

  async put(workspace: string, record: CheckpointRecord, expected: number | undefined): Promise<void> {
    const { item, version, data } = record;
    // What can't be read has no version, or not this one, and is never overwritten.
    const condition =
      expected === undefined
        ? { ConditionExpression: 'attribute_not_exists(workspace)' }
        : {
            ConditionExpression: '#version = :expected',
            ExpressionAttributeNames: { '#version': 'version' },
            ExpressionAttributeValues: { ':expected': { N: String(expected) } },
          };
    const command = new PutItemCommand({
      TableName: this.#table,
      Item: {
        workspace: { S: workspace },
        item: { S: item },
        version: { N: String(version) },
        data: { S: JSON.stringify(data) },
      },
      ...condition,
    });
    await explainingAws(this.#place(workspace, item), async () => {
      try {
        await this.#client.send(command, this.#options);
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
        throw new LostRace(`The checkpoint record ${item}`);
      }
    });
  }

  /** Runs elsewhere can't be looked at: a dead run's lease runs out. */
  ownerIsDead(): boolean {
    return false;
  }

  #recordOrDamage(stored: Item): CheckpointRecord | DamagedRecord {
    try {
      return this.#parse(stored);
    } catch (error) {
      if (!(error instanceof Damaged)) throw error;
      return { item: stored.item?.S, damaged: error };
    }
  }

  /** @throws {Damaged} */
  #parse({ workspace, item, version, data }: Item): CheckpointRecord {
    const place = this.#place(workspace?.S ?? '', item?.S);
    const number = Number(version?.N);
    if (item?.S === undefined || !Number.isSafeInteger(number) || number < 1 || data?.S === undefined) {
      throw damagedItem(place, 'it is not a checkpoint record');
    }
    try {
      return { item: item.S, version: number, data: JSON.parse(data.S), place };
    } catch {
      throw damagedItem(place, 'its data is not JSON');
    }
  }

  #place(workspace: string, item?: string): string {
    return `The item ${item === undefined ? '' : `${item} `}of workspace ${workspace} in the table ${this.#table}`;
  }
}

function damagedItem(place: string, fault: string): Damaged {
  return new Damaged(
    `${place} is damaged and was left as it is (${fault}). Restore it; or delete it, and the next run reads ` +
      'that integration’s history again: nothing in the lake is lost or doubled by that.',
  );
}
