import { views } from '../../sql/views.ts';
import type { Warehouse } from '../../sql/warehouses/warehouse.ts';
import type { Queries } from './translate.ts';

const madeBy =
  '-- Made by `npm run warehouses`. It was parsed and compared, and not run there: see docs/warehouses.md.\n';

/** @returns `tables.sql`: it needs no translation. */
export const tablesFile = ({ tables }: Warehouse): string => `${madeBy}${tables}`;

/** @returns `views.sql`, each view after those that it reads. */
export function viewsFile(warehouse: Warehouse, queries: Queries): string {
  const statements = views.flatMap((view) => {
    const query = queries.get(view.name);
    return query === undefined ? [] : [warehouse.view(view, query)];
  });
  return `${madeBy}\n${statements.join('\n')}`;
}
