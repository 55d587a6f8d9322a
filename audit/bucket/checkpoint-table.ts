/** The checkpoint in a DynamoDB table: a query a workspace, and a scan of the keys for their names. */
import { type AttributeValue, DynamoDBClient, paginateQuery, paginateScan } from '@aws-sdk/client-dynamodb';
import type { CheckpointSource, StoredRecord } from '../sources.ts';
import { inWords } from './clients.ts';

type Item = Record<string, AttributeValue>;

export class CheckpointTable implements CheckpointSource {
  readonly #table: string;
  readonly #client: DynamoDBClient;
  readonly #workspace: string | undefined;

  /** @param workspace the only one that is asked for; without it, all that the table has. */
  constructor(table: string, workspace: string | undefined, client = new DynamoDBClient()) {
    this.#table = table;
    this.#workspace = workspace;
    this.#client = client;
  }

  async workspaces(): Promise<string[]> {
    if (this.#workspace !== undefined) return [this.#workspace];
    const names = new Set<string>();
    await inWords(`The table ${this.#table}`, async () => {
      const pages = paginateScan(
        { client: this.#client },
        { TableName: this.#table, ProjectionExpression: 'workspace' },
      );
      for await (const { Items = [] } of pages)
        for (const { workspace } of Items) if (workspace?.S !== undefined) names.add(workspace.S);
    });
    return [...names].sort();
  }

  async *records(workspace: string): AsyncGenerator<StoredRecord> {
    const pages = paginateQuery(
      { client: this.#client },
      {
        TableName: this.#table,
        ConsistentRead: true,
        KeyConditionExpression: 'workspace = :workspace',
        ExpressionAttributeValues: { ':workspace': { S: workspace } },
      },
    );
    for (;;) {
      const { done, value } = await inWords(`The table ${this.#table}`, () => pages.next());
      if (done) return;
      for (const item of value.Items ?? []) yield this.#recordIn(workspace, item);
    }
  }

  #recordIn(workspace: string, { item, version, data }: Item): StoredRecord {
    const place = `${this.#table}: ${workspace}, ${item?.S}`;
    if (item?.S === undefined || version?.N === undefined || data?.S === undefined)
      return { place, fault: 'It is not a checkpoint record.' };
    try {
      return { place, item: item.S, version: Number(version.N), data: JSON.parse(data.S) };
    } catch {
      return { place, fault: 'Its data is not JSON.' };
    }
  }
}
