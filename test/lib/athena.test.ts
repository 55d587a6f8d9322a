import { describe, expect, test } from 'vitest';
import { columns, partitionColumns, type TableName } from '../../lambda/schema/tables.ts';
import { questions } from '../../sql/questions.ts';
import { views } from '../../sql/views.ts';
import { templateOf, workspace } from './synthesize.ts';

const template = templateOf({
  workspaces: [workspace('a'), workspace('b-2', { paused: true })],
  database: 'shop_cdi',
});

interface GlueColumn {
  readonly Name: string;
  readonly Type: string;
  readonly Comment: string;
}
interface GlueTable {
  readonly Name: string;
  readonly Description?: string;
  readonly TableType: string;
  readonly PartitionKeys: readonly GlueColumn[];
  readonly Parameters: Readonly<Record<string, unknown>>;
  readonly ViewOriginalText?: string;
  readonly ViewExpandedText?: string;
  readonly StorageDescriptor: {
    readonly Columns: readonly GlueColumn[];
    readonly SerdeInfo: { readonly SerializationLibrary?: string };
  };
}

const tables = new Map(
  Object.values(template.findResources('AWS::Glue::Table')).map(({ Properties }) => {
    expect(Properties.DatabaseName).toBe('shop_cdi');
    const table: GlueTable = Properties.TableInput;
    return [table.Name, table];
  }),
);
const table = (name: string): GlueTable => tables.get(name) ?? expect.fail(`There is no ${name}.`);
const typed = (columns: readonly GlueColumn[]) =>
  Object.fromEntries(columns.map(({ Name, Type }) => [Name, Type]));
/** With names of the template in place of what only a deployment knows. */
const text = (value: unknown) => JSON.stringify(value).replaceAll('"', "'");

describe('the Glue catalogue', () => {
  test('has the tables of the lake and the views, and no others', () => {
    expect([...tables.keys()].sort()).toEqual(
      [...Object.keys(columns), ...views.map(({ name }) => name)].sort(),
    );
  });

  test.each(Object.keys(columns) as TableName[])('%s has the columns that the writer writes', (name) => {
    const { StorageDescriptor, PartitionKeys, TableType } = table(name);
    expect(typed(StorageDescriptor.Columns)).toEqual(columns[name]);
    expect(typed(PartitionKeys)).toEqual(partitionColumns[name]);
    expect(TableType).toBe('EXTERNAL_TABLE');
    expect(StorageDescriptor.SerdeInfo.SerializationLibrary).toBe('org.apache.hive.hcatalog.data.JsonSerDe');
  });

  test.each([...Object.keys(columns), ...views.map(({ name }) => name)])(
    '%s tells a BI tool about every column, within what Glue takes',
    (name) => {
      const { StorageDescriptor, PartitionKeys, Description } = table(name);
      for (const { Name, Comment } of [...StorageDescriptor.Columns, ...PartitionKeys]) {
        expect(Comment.length, `${name}.${Name}`).toBeGreaterThan(3);
        expect(Comment.length, `${name}.${Name}`).toBeLessThanOrEqual(255);
      }
      expect(Description?.length).toBeLessThanOrEqual(2048);
    },
  );

  test('partitions are computed: every day since 2022, every workspace, the paused ones too', () => {
    expect(table('syncs').Parameters).toMatchObject({
      'projection.enabled': 'true',
      'projection.workspace.type': 'enum',
      'projection.workspace.values': 'a,b-2',
      'projection.dt.type': 'date',
      'projection.dt.format': 'yyyy-MM-dd',
      'projection.dt.range': '2022-01-01,NOW+1DAYS',
      'projection.dt.interval': '1',
      'projection.dt.interval.unit': 'DAYS',
    });
    expect(table('days').Parameters).toMatchObject({
      'projection.month.type': 'date',
      'projection.month.format': 'yyyy-MM',
      'projection.month.range': '2022-01,NOW+1DAYS',
      'projection.month.interval': '1',
      'projection.month.interval.unit': 'MONTHS',
    });
    expect(table('days').Parameters).not.toHaveProperty('projection.dt.type');
    const part = (name: string) => `${name}=$\{${name}}/`;
    const places = {
      syncs: part('workspace') + part('dt'),
      days: part('workspace') + part('month'),
      coverage: part('workspace'),
    };
    for (const [name, place] of Object.entries(places)) {
      const { Parameters } = table(name);
      expect(text(Parameters['storage.location.template'])).toContain(`/${name}/${place}'`);
      expect(Parameters['projection.workspace.values']).toBe('a,b-2');
    }
    expect(table('coverage').Parameters).not.toHaveProperty('projection.dt.type');
  });

  test('the days, and their months, begin with the first day that is configured', () => {
    const begun = templateOf({ firstDay: '2024-03-15' });
    const ranges = Object.values(begun.findResources('AWS::Glue::Table')).flatMap(({ Properties }) => {
      const { Name, Parameters } = Properties.TableInput;
      const range = Parameters['projection.dt.range'] ?? Parameters['projection.month.range'];
      return range === undefined ? [] : [[Name, range]];
    });
    expect(Object.fromEntries(ranges)).toEqual({
      syncs: '2024-03-15,NOW+1DAYS',
      days: '2024-03,NOW+1DAYS',
    });
    begun.hasResourceProperties('AWS::Lambda::Function', {
      Environment: { Variables: { FIRST_DAY: '2024-03-15' } },
    });
  });

  test.each(views)('$name is a view as Athena makes them, in the database that is configured', (view) => {
    const { Parameters, TableType, ViewOriginalText = '', ViewExpandedText, Description } = table(view.name);
    // Athena has refused views without one.
    expect(table(view.name).StorageDescriptor.SerdeInfo).toEqual({});
    expect({ Parameters, TableType, ViewExpandedText, Description }).toEqual({
      Parameters: { presto_view: 'true', comment: 'Presto View' },
      TableType: 'VIRTUAL_VIEW',
      ViewExpandedText: '/* Presto View */',
      Description: 'Presto View',
    });
    const [, encoded = ''] = /^\/\* Presto View: (\S+) \*\/$/.exec(ViewOriginalText) ?? [];
    const definition = JSON.parse(Buffer.from(encoded, 'base64').toString());
    expect(definition).toMatchObject({
      catalog: 'awsdatacatalog',
      schema: 'shop_cdi',
      runAsInvoker: true,
      comment: view.grain,
    });
    expect(definition.originalSql).toMatch(/^(--.*\n)?(WITH|SELECT)/);
    expect(definition.columns.map(({ name }: { name: string }) => name)).toEqual(
      view.columns.map(({ name }) => name),
    );
  });
});

describe('the workgroup', () => {
  const [workgroup] = Object.values(template.findResources('AWS::Athena::WorkGroup'));

  test('is enforced: engine, limit on what is read, and a place for results that expires', () => {
    const { Name, WorkGroupConfiguration } = workgroup?.Properties ?? {};
    expect(Name).toBe('shop_cdi');
    expect(WorkGroupConfiguration).toMatchObject({
      EnforceWorkGroupConfiguration: true,
      EngineVersion: { SelectedEngineVersion: 'Athena engine version 3' },
      BytesScannedCutoffPerQuery: 10 * 1024 ** 3,
      ResultConfiguration: { EncryptionConfiguration: { EncryptionOption: 'SSE_S3' } },
    });
    expect(text(WorkGroupConfiguration.ResultConfiguration.OutputLocation)).toContain("'/athena-results/'");
    template.hasResourceProperties('AWS::S3::Bucket', {
      LifecycleConfiguration: {
        Rules: [{}, {}, { Prefix: 'athena-results/', ExpirationInDays: 7, Status: 'Enabled' }],
      },
    });
  });

  test('has one beside it for whoever makes tables, which neither enforces a place nor has one that expires', () => {
    const [, build] = Object.values(template.findResources('AWS::Athena::WorkGroup'));
    expect(build?.Properties).toMatchObject({
      Name: 'shop_cdi_build',
      WorkGroupConfiguration: {
        EnforceWorkGroupConfiguration: false,
        EngineVersion: { SelectedEngineVersion: 'Athena engine version 3' },
        BytesScannedCutoffPerQuery: 10 * 1024 ** 3,
      },
    });
    expect(build?.Properties.WorkGroupConfiguration).not.toHaveProperty('ResultConfiguration');
  });

  test('has a dozen saved queries and more, each of its own name, within what Athena takes', () => {
    const saved = Object.values(template.findResources('AWS::Athena::NamedQuery')).map(
      ({ Properties }) => Properties,
    );
    expect(saved.map(({ Name }) => Name).sort()).toEqual(questions.map(({ name }) => name).sort());
    expect(new Set(saved.map(({ Name }) => Name)).size).toBeGreaterThanOrEqual(12);
    for (const { Name, Description, QueryString, Database, WorkGroup } of saved) {
      expect(Name.length).toBeLessThanOrEqual(128);
      expect(Description.length).toBeLessThanOrEqual(1024);
      expect(QueryString.length).toBeLessThanOrEqual(262_144);
      expect([Database, WorkGroup]).toEqual(['shop_cdi', 'shop_cdi']);
    }
  });
});
