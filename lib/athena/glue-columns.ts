import type { CfnTable } from 'aws-cdk-lib/aws-glue';

/** Columns as the Glue catalogue wants them. @param comments by column. */
export function glueColumns(
  types: Readonly<Record<string, string>>,
  comments: Readonly<Record<string, string>>,
): CfnTable.ColumnProperty[] {
  return Object.entries(types).map(([name, type]) => ({ name, type, comment: comments[name] ?? '' }));
}
