import { describe, expect } from 'vitest';
import { exportedLake } from '../sql/exported-lake.ts';
import { generatedLake } from '../sql/generated-lake.ts';
import { mergedLakes } from '../sql/merged-lakes.ts';
import { standingDifferencesIn } from '../sql/standing-model.ts';
import { test } from './export.ts';

const first = Number(process.env.SQL_SEED ?? 1);
const seeds = Array.from({ length: 6 }, (_, index) => first + index);

describe('how an integration stands', () => {
  test(`P18: is what SQL says over the whole lake, after a first export and a next one, SQL_SEED=${seeds}`, async ({
    lab,
  }) => {
    const now = Date.now();
    const whole = exportedLake(mergedLakes(seeds.map((seed) => generatedLake(seed, now)))).world;
    // The last tenth of each history comes while nobody looks: what was kept of the rest is carried on.
    let share = 0.9;
    const world = {
      ...whole,
      rows: (id: string, at: number) => {
        const rows = whole.rows(id, at);
        return rows?.slice(0, Math.ceil(rows.length * share));
      },
    };
    const server = await lab.serve({ world });
    for (share of [0.9, 1]) {
      expect((await lab.exportHere(server)).receipt).toMatchObject({ outcome: 'complete' });
      expect(await standingDifferencesIn(lab.data)).toEqual([]);
    }
  });
});
