/** A view as the Glue catalogue keeps it, for Athena and Trino. */
import { trino } from './dialect.ts';
import { trinoTypes, type View } from './view.ts';
import { viewSql } from './views.ts';

/**
 * The `ViewOriginalText` of the Glue table, which has the type `VIRTUAL_VIEW`, the parameter `presto_view`
 * `true`, and `/* Presto View *\/` as its `ViewExpandedText`. Names without a database are looked up in `database`.
 */
export function prestoView(view: View, database: string): string {
  const definition = {
    originalSql: viewSql(view, trino),
    catalog: 'awsdatacatalog',
    schema: database,
    columns: view.columns.map(({ name, type, comment }) => ({ name, type: trinoTypes[type], comment })),
    comment: view.grain,
    // Else Trino wants an owner, whose rights the view would have.
    runAsInvoker: true,
  };
  return `/* Presto View: ${Buffer.from(JSON.stringify(definition)).toString('base64')} */`;
}
