/** The files that Trino reads at its start. */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

export interface TrinoSettings {
  readonly directory: string;
  readonly port: number;
  readonly plugins: string;
  /** Of the local AWS. */
  readonly awsEndpoint: string;
  readonly heapMegabytes: number;
}

/** What is asked to see whether Trino is ready: a table of one row, without the local AWS. */
export const readyQuery = 'SELECT one FROM ready.ready.ready';

export async function writeTrinoSettings(settings: TrinoSettings): Promise<void> {
  const { directory } = settings;
  const files: Record<string, string> = {
    'etc/config.properties': properties(serverSettings(settings)),
    'etc/log.properties': properties({ 'io.trino': 'WARN' }),
    // Athena's own name for Glue: views say it in their stored form.
    'etc/catalog/awsdatacatalog.properties': properties(glueSettings(settings)),
    'etc/catalog/ready.properties': properties({
      'connector.name': 'hive',
      'hive.metastore': 'file',
      'hive.metastore.catalog.dir': 'local:///metastore',
      'fs.native-local.enabled': 'true',
      'local.location': join(directory, 'ready'),
    }),
    'ready/metastore/.ready.trinoSchema': json({
      writerVersion: '476',
      ownerName: 'ready',
      ownerType: 'USER',
      parameters: {},
    }),
    'ready/metastore/ready/ready/.trinoSchema': json({
      writerVersion: '476',
      owner: 'ready',
      tableType: 'EXTERNAL_TABLE',
      dataColumns: [{ name: 'one', type: 'bigint', properties: {} }],
      partitionColumns: [],
      parameters: { EXTERNAL: 'TRUE' },
      storageFormat: 'JSON',
      serdeParameters: {},
      externalLocation: 'local:///rows',
      columnStatistics: {},
    }),
    'ready/rows/row.json': json({ one: 1 }),
  };
  for (const [name, text] of Object.entries(files)) {
    const file = join(directory, name);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  }
}

function serverSettings({ port, plugins, heapMegabytes }: TrinoSettings): Record<string, string> {
  const share = `${Math.floor(heapMegabytes * 0.3)}MB`;
  return {
    coordinator: 'true',
    'node-scheduler.include-coordinator': 'true',
    'http-server.http.port': String(port),
    'http-server.log.enabled': 'false',
    'node.internal-address': '127.0.0.1',
    'discovery.uri': `http://127.0.0.1:${port}`,
    'query.max-memory': share,
    'query.max-memory-per-node': share,
    'memory.heap-headroom-per-node': share,
    'catalog.management': 'static',
    'plugin.dir': plugins,
    'web-ui.enabled': 'false',
  };
}

function glueSettings({ awsEndpoint }: TrinoSettings): Record<string, string> {
  return {
    'connector.name': 'hive',
    'hive.metastore': 'glue',
    'hive.metastore.glue.region': 'us-east-1',
    'hive.metastore.glue.endpoint-url': awsEndpoint,
    'hive.metastore.glue.aws-access-key': 'test',
    'hive.metastore.glue.aws-secret-key': 'test',
    'hive.metastore.glue.default-warehouse-dir': 's3://warehouse/',
    'hive.recursive-directories': 'true',
    // A projected day without an object is empty, as in Athena.
    'hive.ignore-absent-partitions': 'true',
    'fs.native-s3.enabled': 'true',
    's3.endpoint': awsEndpoint,
    's3.region': 'us-east-1',
    's3.path-style-access': 'true',
    's3.aws-access-key': 'test',
    's3.aws-secret-key': 'test',
  };
}

const properties = (values: Readonly<Record<string, string>>): string =>
  Object.entries(values)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('');

const json = (value: unknown): string => `${JSON.stringify(value)}\n`;
