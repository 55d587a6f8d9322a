import { describe, expect, it, onTestFinished } from 'vitest';
import { type LocalLake, openLake } from '../../local/query/open-lake.ts';
import { at, duckdb } from '../../sql/dialect.ts';
import { withViews } from '../../sql/views.ts';
import { generatedLake } from '../sql/generated-lake.ts';
import { keyOf, type ModelLake } from '../sql/model/lake.ts';
import { standingsOf } from '../sql/standings-of.ts';
import { cellsOfDay, figures, textOf } from './read-page.ts';
import { now, reportOf } from './report-of.ts';

const present = new Date(now).toISOString().replace('T', ' ').replace('Z', '');
const days = 90;
const first = '2026-03-20';

async function opened(directory: string): Promise<LocalLake> {
  const lake = await openLake(directory);
  onTestFinished(() => lake.close());
  return lake;
}

/** Days and single syncs agree where it is known how an integration stands, and which of its syncs is the newest. */
function told(lake: ModelLake): ModelLake {
  const said = new Map(lake.standing.map((line) => [keyOf(line), line]));
  const standing = standingsOf(lake, now).map((line) => ({
    ...line,
    ...said.get(keyOf(line)),
    lastStart: line.lastStart,
  }));
  return { ...lake, standing };
}

const grouped = (cell: unknown): string => (cell === null ? '' : (cell as bigint).toLocaleString('en'));

describe('the figures on the page are those of SQL on the same lake', () => {
  const seed = Number(process.env.SQL_SEED ?? 1);
  it.each([0, 1, 2, 3].map((offset) => seed + offset))('SQL_SEED=%i', async (each) => {
    const { directory, page, source } = await reportOf(told(generatedLake(each, now)), { days });
    const lake = await opened(directory);
    const ask = async (sql: string) => (await lake.query(withViews(sql, at(duckdb, present)))).rows;

    const sections = [...page.querySelectorAll('section.workspace')];
    const workspaces = await ask(
      'SELECT workspace FROM completeness UNION SELECT workspace FROM freshness UNION SELECT workspace FROM quarantine ORDER BY 1',
    );
    expect(sections.map((section) => textOf(section.querySelector('h2 bdi')))).toEqual(workspaces.flat());

    for (const [index, [workspace]] of workspaces.entries()) {
      const section = sections[index] as never;
      const of = `workspace = '${workspace}'`;
      const [[syncs, failed] = []] = await ask(`
SELECT count(*), count(*) FILTER (WHERE outcome IN ('failure', 'abandoned'))
FROM sync_history WHERE ${of} AND dt BETWEEN '${first}' AND '2026-06-17'`);
      expect(figures(section, 'syncs')).toEqual([`${syncs}`]);
      expect(figures(section, 'without_success')).toEqual([`${failed}`]);

      const [[synced, refused] = []] = await ask(`
SELECT sum(rows_synced), sum(rows_failed) FROM daily_health WHERE ${of} AND dt BETWEEN '${first}' AND '2026-06-17'`);
      const fits = (cell: unknown) => (cell === null || String(cell).length > 18 ? [] : [String(cell)]);
      if (fits(synced).length > 0) expect(figures(section, 'rows_synced')).toEqual(fits(synced));
      if (fits(refused).length > 0) expect(figures(section, 'rows_failed')).toEqual(fits(refused));

      const [[open] = []] = await ask(`SELECT count(*) FROM incidents WHERE ${of} AND still_open`);
      const told = figures(section, 'open_incidents');
      expect(told.length === 0 ? '0' : told[0]).toBe(`${open}`);

      const late = await ask(`
SELECT minutes_late FROM freshness
WHERE ${of} AND late AND expected_by IS NOT NULL AND minutes_late IS NOT NULL`);
      const shown = [...page.querySelectorAll(`#w${index + 1} data[data-figure^="minutes_late"]`)];
      expect(shown.map((element) => Number(element.getAttribute('value'))).sort()).toEqual(
        late.flat().sort(),
      );
    }
    await compareDays(source, ask, page);
  });
});

/** Each day of each integration's table, against daily_health. */
async function compareDays(
  source: string,
  ask: (sql: string) => Promise<readonly (readonly unknown[])[]>,
  page: Awaited<ReturnType<typeof reportOf>>['page'],
): Promise<void> {
  let compared = 0;
  for (const article of page.querySelectorAll('article')) {
    const meta = textOf(article.querySelector('.aside'));
    const id = meta.slice(meta.lastIndexOf('· id ') + 5);
    const workspace = textOf(article.closest('section.workspace')?.querySelector('h2 bdi'));
    const rows = await ask(`
SELECT dt, syncs, syncs - success - partial - open, rows_synced, rows_failed, median_seconds, p95_seconds
FROM daily_health
WHERE workspace = '${workspace}' AND integration_id = '${id.replaceAll("'", "''")}' AND dt BETWEEN '${first}' AND '2026-06-17'`);
    const cells = cellsOfDay(source, article.id);
    expect([...cells.values()].filter(([, syncs]) => syncs !== '' && syncs !== undefined)).toHaveLength(
      rows.length,
    );
    for (const [dt, syncs, failed, synced, refused, median, p95] of rows) {
      const seconds = [median, p95].map((cell) =>
        cell === null ? '' : Math.round(cell as number).toLocaleString('en'),
      );
      expect(cells.get(dt as string)?.slice(1, 7)).toEqual([
        grouped(syncs),
        grouped(failed),
        grouped(synced),
        grouped(refused),
        ...seconds,
      ]);
      compared += 1;
    }
  }
  expect(compared).toBeGreaterThan(0);
}
