/** Every table, view and saved query on Trino, through the Glue catalogue that the deployed template made. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { columns, partitionColumns, type TableName } from '../../lambda/schema/tables.ts';
import { type LocalAthena, startAthena } from '../../local/aws/athena.ts';
import { placeFunction } from '../../local/aws/place-function.ts';
import { s3At } from '../../local/aws/places.ts';
import { startSimulatedBraze } from '../../local/simulator/http.ts';
import { trino } from '../../sql/dialect.ts';
import { questionSql, questions } from '../../sql/questions.ts';
import { tableComments } from '../../sql/table-comments.ts';
import { trinoTypes } from '../../sql/view.ts';
import { views } from '../../sql/views.ts';
import { type Ask, compareQuestions, compareViews } from '../sql/compare-views.ts';
import { cases } from '../sql/edge-cases.ts';
import { exportedLake } from '../sql/exported-lake.ts';
import { generatedLake } from '../sql/generated-lake.ts';
import { coverage as coverageLine, lakeOf, sync } from '../sql/lines.ts';
import { mergedLakes } from '../sql/merged-lakes.ts';
import { dtOf, type ModelLake } from '../sql/model/lake.ts';
import { readStanding } from '../sql/read-standing.ts';
import { standingDifferences } from '../sql/standing-model.ts';
import { withStanding } from '../sql/standings-of.ts';
import { emptyBucket, keysIn, putLake } from './lake-in-bucket.ts';

let athena: LocalAthena;
let directory: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'athena-'));
  const endpoint = 'https://rest.fra-01.braze.eu';
  athena = await startAthena({
    stateDirectory: directory,
    configuration: { workspaces: ['a', 'b-2'].map((name) => ({ name, endpoint, paused: true })) },
    say: console.error,
  });
}, 300_000);

afterAll(async () => {
  await athena?.stop();
  await rm(directory, { recursive: true, force: true });
});

const s3 = () => s3At(athena.localAws.endpoint);
const put = (lake: ModelLake) => putLake(s3(), athena.bucket, lake);
const asked = (sql: string) => athena.trino.query(sql, { schema: athena.database });
const ask: Ask = async (sql) => {
  const { columns, rows } = await asked(sql);
  return rows.map((row) => Object.fromEntries(columns.map(({ name }, index) => [name, row[index]])));
};
const typesOf = async (name: string) => {
  const described = await asked(`DESCRIBE ${name}`);
  return described.rows.map(([column, type, , comment]) => ({ column, type, comment }));
};

describe('the catalogue', () => {
  test.each(Object.keys(columns) as TableName[])(
    'table %s has the columns and comments that are stated',
    async (table) => {
      const stated = { ...columns[table], ...partitionColumns[table] };
      const comments: Readonly<Record<string, string>> = tableComments[table].columns;
      expect(await typesOf(table)).toEqual(
        Object.entries(stated).map(([column, type]) => ({
          column,
          type: trinoTypes[type],
          comment: comments[column],
        })),
      );
    },
  );

  test.each(views)('view $name has the types that its query gives', async ({ name, columns }) => {
    const { columns: given } = await asked(`SELECT * FROM ${name} LIMIT 0`);
    expect(given.map(({ name, type }) => `${name} ${type}`)).toEqual(
      columns.map(({ name, type }) => `${name} ${trinoTypes[type]}`),
    );
  });
});

describe('without any data', () => {
  beforeAll(() => emptyBucket(s3(), athena.bucket));

  test.each([...views.map(({ name }) => name), ...Object.keys(columns)])('%s has no rows', async (name) => {
    expect((await asked(`SELECT * FROM ${name}`)).rows).toEqual([]);
  });

  test.each(questions)('the saved query “$name” gives an answer', async (question) => {
    expect((await asked(questionSql(question, trino))).columns.length).toBeGreaterThan(0);
  });
});

describe('with a history', () => {
  const first = Number(process.env.SQL_SEED ?? 1);
  const seeds = (from: number) => Array.from({ length: 6 }, (_, index) => first + from + index);
  const generated = (from: number, now: number) =>
    mergedLakes(seeds(from).map((seed) => generatedLake(seed, now)));

  test('answers as the model does in every case that was thought of', async () => {
    const now = cases[0]?.now ?? 0;
    const lake = mergedLakes(cases.map(({ lake }) => lake));
    await put(lake);
    expect(await compareViews({ ask, dialect: trino, lake, now })).toEqual([]);
  });

  test(`stands as the syncs say, in every case and for generated histories, SQL_SEED=${seeds(0)}`, async () => {
    const now = cases[0]?.now ?? 0;
    const drawn = seeds(0).map((seed) => generatedLake(seed, now));
    const { syncs, integrations } = mergedLakes([...cases.map(({ lake }) => lake), ...drawn]);
    await put(withStanding(lakeOf({ syncs, integrations }), now));
    expect(await standingDifferences(ask, { dialect: trino })).toEqual([]);
  });

  describe(`of generated histories, SQL_SEED=${seeds(0)}`, () => {
    const now = Date.UTC(2026, 5, 17, 13, 47, 11, 123);
    const lake = generated(0, now);
    beforeAll(() => put(lake), 60_000);

    test('the views answer as the model does', async () => {
      expect(await compareViews({ ask, dialect: trino, lake, now })).toEqual([]);
    });

    test('the saved queries answer as the model does', async () => {
      expect(await compareQuestions({ ask, dialect: trino, lake, now })).toEqual([]);
    });
  });

  describe(`at the time at which they are asked, SQL_SEED=${seeds(10)}`, () => {
    const lake = generated(10, Date.now());
    beforeAll(() => put(lake), 60_000);

    test('the deployed views answer as the model does', async () => {
      expect(await compareViews({ ask, dialect: trino, lake })).toEqual([]);
    });

    test('the saved queries give an answer', async () => {
      for (const question of questions) await asked(questionSql(question, trino));
    });
  });

  describe(`made by the exporter of Braze’s rows, SQL_SEED=${seeds(20)}`, () => {
    const { world, lake } = exportedLake(generated(20, Date.now()));
    beforeAll(() => exportInto(world), 120_000);

    test('the views answer as the model of those rows does', async () => {
      const exported = { ...lake, coverage: await coverageOf(), standing: await standingOf() };
      expect(await compareViews({ ask, dialect: trino, lake: exported })).toEqual([]);
    });

    test('P18: each integration stands as its rows say', async () => {
      expect(await standingDifferences(ask, { dialect: trino })).toEqual([]);
    });

    test('a field that has no column is reached through raw', async () => {
      const sql = "SELECT count(DISTINCT json_extract_scalar(raw, '$.new_field')) AS found FROM syncs";
      expect(await ask(sql)).toEqual([{ found: lake.syncs.length }]);
    });
  });
});

/** The function over the deployed bucket; its table and secret are its own. */
async function exportInto(world: Parameters<typeof startSimulatedBraze>[0]['world']): Promise<void> {
  await emptyBucket(s3(), athena.bucket);
  const server = await startSimulatedBraze({ world, quirks: { statusLimit: 1e9, listLimit: 1e9 } });
  try {
    const placed = await placeFunction(athena.localAws, server.endpoint, 'key', {
      bucket: athena.bucket,
      workspace: 'a',
    });
    const invocation = placed.start();
    invocation.stdout.resume();
    const code = await new Promise((resolve) => invocation.once('exit', resolve));
    expect(code).toBe(0);
  } finally {
    await server.close();
  }
}

/** Undefined: nothing stands there. */
async function textOf(Key: string): Promise<string | undefined> {
  if (!(await keysIn(s3(), athena.bucket)).includes(Key)) return undefined;
  const { Body } = await s3().send(new GetObjectCommand({ Bucket: athena.bucket, Key }));
  return gunzipSync((await Body?.transformToByteArray()) ?? '').toString();
}

async function standingOf() {
  return readStanding('a', (await textOf('standing/workspace=a/standing.ndjson.gz')) ?? '');
}

async function coverageOf() {
  const text = (await textOf('coverage/workspace=a/coverage.ndjson.gz')) ?? '';
  const lines = text.trimEnd().split('\n');
  const time = (cell: string | null) => (cell === null ? null : Date.parse(`${cell.replace(' ', 'T')}Z`));
  return lines.map((line) => {
    const cells = JSON.parse(line);
    return coverageLine({
      workspace: 'a',
      id: cells.integration_id,
      from: time(cells.complete_from),
      to: time(cells.complete_to),
      gaps: BigInt(cells.gaps),
      open: BigInt(cells.open_syncs),
      abandoned: BigInt(cells.abandoned_syncs),
      rowOrder: cells.row_order,
      state: cells.state,
      failure: cells.failure,
      checkedAt: time(cells.checked_at),
    });
  });
}

describe('what is read', () => {
  const day = 86_400_000;
  const now = Date.now();
  const lake = lakeOf({
    syncs: ['a', 'b-2'].flatMap((workspace) =>
      Array.from({ length: 200 }, (_, index) => sync({ workspace, start: now - index * day })),
    ),
  });
  const reading = async (sql: string) => {
    const before = athena.proxy.requests.length;
    const { rows } = await asked(sql);
    const paths = athena.proxy.requests
      .slice(before)
      .filter(({ method }) => method === 'GET')
      .map(({ path }) => decodeURIComponent(path));
    const objects = paths.filter((path) => path.includes('.ndjson.gz')).map((path) => path.split('?')[0]);
    const days = paths.flatMap(
      (path) => /[?&]prefix=(syncs\/workspace=[^/]+\/dt=[^/&]+)/.exec(path)?.[1] ?? [],
    );
    const months = paths.flatMap(
      (path) => /[?&]prefix=(days\/workspace=[^/]+\/month=[^/&]+)/.exec(path)?.[1] ?? [],
    );
    return {
      ...{ rows, objects: new Set(objects).size },
      ...{ daysListed: new Set(days).size, monthsListed: new Set(months).size },
    };
  };

  test('one object for one day and workspace', async () => {
    await put(lake);
    const where = `dt = '${dtOf(now - 3 * day)}' AND workspace = 'b-2'`;
    expect(await reading(`SELECT count(*) FROM syncs WHERE ${where}`)).toEqual({
      rows: [[1]],
      objects: 1,
      daysListed: 1,
      monthsListed: 0,
    });
  });

  test('by a view, the days that its filter on dt names', async () => {
    await put(lake);
    const { objects } = await reading(
      `SELECT * FROM sync_history WHERE dt >= '${dtOf(now - 4 * day)}' AND workspace = 'a'`,
    );
    expect(objects).toBeLessThanOrEqual(6);
    expect(objects).toBeGreaterThanOrEqual(5);
  });

  test('by a chart of days, the months that its filter names', async () => {
    await put(lake);
    const month = dtOf(now - 31 * day).slice(0, 7);
    const { daysListed, monthsListed } = await reading(
      `SELECT * FROM daily_health WHERE month >= '${month}' AND workspace = 'a'`,
    );
    expect(daysListed).toBe(0);
    expect([2, 3]).toContain(monthsListed);
  });

  test('by a view that looks back, no day that is older', async () => {
    await put(lake);
    const { daysListed, monthsListed } = await reading(
      "SELECT * FROM volume_anomalies WHERE workspace = 'a'",
    );
    expect(daysListed).toBe(0);
    expect([6, 7, 8]).toContain(monthsListed);
  });

  test('by a view that looks back 45 days, not so much as the name of a day that is older', async () => {
    await put(lake);
    const { daysListed } = await reading("SELECT * FROM incidents WHERE workspace = 'a'");
    expect(daysListed).toBeLessThanOrEqual(47);
    expect(daysListed).toBeGreaterThan(40);
  });

  test.each([
    'latest_syncs',
    'freshness',
    'incidents WHERE still_open',
    "incidents WHERE still_open AND workspace = 'a'",
  ])('of how things stand, one small object a workspace and no day: %s', async (asked) => {
    await put(withStanding(lake, now));
    const { objects, daysListed } = await reading(`SELECT * FROM ${asked}`);
    expect(objects).toBeLessThanOrEqual(2);
    expect(daysListed).toBe(0);
  });

  test('by “after the warehouse move” with a day of one’s own, the 14 days on either side of it', async () => {
    await put(lake);
    const question = questions.find(({ name }) => name === 'after the warehouse move');
    const sql = question ? questionSql(question, trino) : '';
    const own = sql.replace(/CAST\(current_date .*\) AS on_day/, `'${dtOf(now - 40 * day)}' AS on_day`);
    expect(own).not.toBe(sql);
    const { rows, daysListed } = await reading(own);
    // An integration of each of the two workspaces, with the same id.
    const periods = rows.map(([, , , period, syncs]) => [period, syncs]);
    expect(periods).toEqual(['before', 'after', 'before', 'after'].map((period) => [period, 14]));
    expect(daysListed).toBeLessThanOrEqual(2 * 28);
  });
});
