/** Everything that a report shows, asked from the lake once. */
import type { LocalLake } from '../../local/query/open-lake.ts';
import { at, duckdb } from '../../sql/dialect.ts';
import { withViews } from '../../sql/views.ts';
import { type Day, dayQuestion } from './day.ts';
import { type Incident, incidentQuestion } from './incident.ts';
import { type Moment, ofThose } from './moment.ts';
import { type Standing, standingQuestion } from './standing.ts';
import { type Total, totalQuestion } from './total.ts';

export interface WorkspaceFigures {
  readonly workspace: string;
  /** Trouble first. */
  readonly integrations: readonly IntegrationFigures[];
  readonly incidents: readonly Incident[];
  /** The days on which anything started, oldest first. */
  readonly days: readonly (Total & { readonly dt: string })[];
  /** Of all days; undefined where nothing started. */
  readonly whole: Total | undefined;
  readonly quarantined: bigint;
}

export interface IntegrationFigures {
  readonly standing: Standing;
  readonly days: readonly Day[];
}

/** By workspace, sorted by name. */
export async function readFigures(lake: LocalLake, moment: Moment): Promise<WorkspaceFigures[]> {
  const standings = await ask<Standing>(lake, moment, standingQuestion(moment));
  const days = await ask<Day>(lake, moment, dayQuestion(moment));
  const totals = await ask<Total>(lake, moment, totalQuestion(moment));
  const incidents = await ask<Incident>(lake, moment, incidentQuestion(moment));
  const quarantined = await ask<{ readonly workspace: string; readonly row_count: bigint }>(
    lake,
    moment,
    `SELECT workspace, count(*) AS row_count FROM quarantine WHERE ${ofThose(moment)} GROUP BY workspace`,
  );

  const daysOf = Map.groupBy(days, keyOf);
  const of = <T extends { readonly workspace: string }>(rows: readonly T[], workspace: string): T[] =>
    rows.filter((row) => row.workspace === workspace);
  // While the first run is at work, or where it was killed, there are syncs, and nothing yet of how anybody stands.
  const workspaces = [
    ...new Set([...standings, ...totals, ...quarantined].map(({ workspace }) => workspace)),
  ].sort();
  return workspaces.map((workspace) => ({
    workspace,
    integrations: of(standings, workspace).map((standing) => ({
      standing,
      days: daysOf.get(keyOf(standing)) ?? [],
    })),
    incidents: of(incidents, workspace),
    days: of(totals, workspace).filter((total) => total.dt !== null) as WorkspaceFigures['days'],
    whole: of(totals, workspace).find(({ dt }) => dt === null),
    quarantined: of(quarantined, workspace)[0]?.row_count ?? 0n,
  }));
}

/** A question to the views, with the report's present as theirs. `Row` has the columns that the SQL selects. */
async function ask<Row>(lake: LocalLake, moment: Moment, sql: string): Promise<Row[]> {
  const { columns, rows } = await lake.query(withViews(sql.trim(), at(duckdb, moment.now)));
  return rows.map((row) => Object.fromEntries(columns.map(({ name }, index) => [name, row[index]])) as Row);
}

const keyOf = ({ workspace, integration_id }: { workspace: string; integration_id: string }): string =>
  JSON.stringify([workspace, integration_id]);
