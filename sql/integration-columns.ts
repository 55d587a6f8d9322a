/** What most views say of the integration that a row belongs to, in the same words. */
import type { ViewColumn } from './view.ts';

export const workspace: ViewColumn = {
  name: 'workspace',
  type: 'string',
  comment: 'Workspace; a filter on it saves reading',
};

/** Which integration it is: id, name and type. */
export const integration: readonly ViewColumn[] = [
  { name: 'integration_id', type: 'string', comment: 'Id of the integration at Braze' },
  { name: 'integration_name', type: 'string', comment: 'Its present name; its id where it has none' },
  { name: 'integration_type', type: 'string', comment: 'What it syncs, as Braze calls it' },
];

export const integrationStatus: ViewColumn = {
  name: 'integration_status',
  type: 'string',
  comment: 'Status of the integration as last listed',
};

export const listed: ViewColumn = {
  name: 'listed',
  type: 'boolean',
  comment: 'False: gone from Braze, its history is kept',
};

export const warehouseType: ViewColumn = {
  name: 'warehouse_type',
  type: 'string',
  comment: 'Kind of warehouse or file source that it reads from',
};
