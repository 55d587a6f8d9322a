import { bigquery } from './bigquery.ts';
import { databricks } from './databricks.ts';
import { redshift } from './redshift.ts';
import { snowflake } from './snowflake.ts';
import type { Warehouse } from './warehouse.ts';

export const warehouses: readonly Warehouse[] = [snowflake, bigquery, redshift, databricks];
