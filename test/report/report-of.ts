/** The report of a lake that a test has made up. */
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeReport } from '../../report/write-report.ts';
import { scratchFolder } from '../local/stores/scratch.ts';
import { writeLake } from '../sql/lake-of.ts';
import { lakeOf } from '../sql/lines.ts';
import type { ModelLake } from '../sql/model/lake.ts';
import { withStanding } from '../sql/standings-of.ts';
import { type Page, readPage } from './read-page.ts';

/** A Wednesday. */
export const now = Date.UTC(2026, 5, 17, 13, 47, 11, 123);

export interface MadeReport {
  readonly directory: string;
  readonly page: Page;
  readonly source: string;
  readonly bytes: number;
}

export async function reportOf(
  lake: Partial<ModelLake>,
  options: {
    readonly days?: number;
    readonly workspaces?: readonly string[];
    readonly at?: number;
    readonly dashboard?: string;
  } = {},
): Promise<MadeReport> {
  const { at = now, ...rest } = options;
  const directory = scratchFolder();
  mkdirSync(join(directory, 'lake'));
  // As of a run that has just looked, unless the lake says how it stands.
  writeLake(directory, lake.standing ? lakeOf(lake) : withStanding(lakeOf(lake), at));
  const { file, bytes } = await writeReport({
    data: directory,
    source: 'a lake',
    now: new Date(at),
    ...rest,
  });
  return { directory, page: readPage(file), source: readFileSync(file, 'utf8'), bytes };
}
