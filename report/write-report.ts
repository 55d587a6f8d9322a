/** A lake as one page for people. */
import { rmSync } from 'node:fs';
import { rename, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { openLake } from '../local/query/open-lake.ts';
import { type Choice, explaining } from '../local/stores/file-error.ts';
import { clearedWhenStopped } from '../local/stores/half-made.ts';
import { makeFolder } from '../local/stores/make-folder.ts';
import { tryToWrite } from '../local/stores/try-to-write.ts';
import { readFigures, type WorkspaceFigures } from './figures/figures.ts';
import { defaultDays, type Moment } from './figures/moment.ts';
import { plainText } from './markup/html.ts';
import { page } from './page.ts';
import { stateOf } from './parts/state-line.ts';
import { NothingToReport } from './report-failure.ts';

export interface ReportOptions {
  /** The data folder, which holds `lake/`. */
  readonly data: string;
  /** What the page calls the lake. @default `data` */
  readonly source?: string;
  /** @default all that are in the lake */
  readonly workspaces?: readonly string[];
  /** Ids. @default all */
  readonly integrations?: readonly string[];
  /** Host of the workspace's dashboard in Braze, to which the page then links. */
  readonly dashboard?: string;
  /** The page's file. @default report.html in the data folder */
  readonly out?: string;
  /** What a person may choose instead, where it can't be written. @default another file with --out */
  readonly choice?: Choice;
  /** How many UTC days are shown, today with them. @default 365 */
  readonly days?: number;
  /** @default the present */
  readonly now?: Date;
}

export interface WrittenReport {
  readonly file: string;
  readonly bytes: number;
  /** How each workspace stands, in a line without markup; in the page's order. */
  readonly headlines: readonly string[];
}

/**
 * Reads the lake and writes the page; a page that stood there is replaced as a whole.
 *
 * @throws {LocalSqlFailure} when there is no lake, or an object of it can't be read
 * @throws {NothingToReport} when it has none of the workspaces
 */
export async function writeReport(options: ReportOptions): Promise<WrittenReport> {
  const { data, source = data, out = join(data, 'report.html'), dashboard, choice = otherFile } = options;
  const moment = momentOf(options);
  const figures = await figuresOf(data, moment);
  refuseUnknown(moment, figures, source);
  const text = page(figures, moment, { source, dashboard });
  await explaining(out, () => replace(out, text, choice), choice);
  return {
    file: out,
    bytes: Buffer.byteLength(text),
    headlines: figures.map((one) => plainText(stateOf(one).sentence)),
  };
}

export const momentOf = ({
  now = new Date(),
  days = defaultDays,
  workspaces,
  integrations,
}: Omit<ReportOptions, 'data'>): Moment => ({
  now: textOf(now),
  days,
  workspaces,
  integrations,
});

async function figuresOf(data: string, moment: Moment): Promise<WorkspaceFigures[]> {
  const lake = await openLake(data);
  try {
    return await readFigures(lake, moment);
  } finally {
    lake.close();
  }
}

function refuseUnknown(
  { workspaces = [], integrations = [] }: Moment,
  figures: readonly WorkspaceFigures[],
  source: string,
): void {
  const shown = new Set(
    figures.flatMap((one) => one.integrations.map(({ standing }) => standing.integration_id)),
  );
  const noIntegrations = integrations.filter((id) => !shown.has(id));
  if (noIntegrations.length > 0)
    throw new NothingToReport(
      `There is nothing of the integration ${noIntegrations.join(', ')} in ${source}: look at its id, or leave out --integration.`,
    );
  const unknown = workspaces.filter((name) => !figures.some(({ workspace }) => workspace === name));
  if (unknown.length > 0)
    throw new NothingToReport(
      `There is nothing of the workspace ${unknown.join(', ')} in ${source}: look at its name, or leave out --workspace.`,
    );
}

const otherFile: Choice = 'another file with --out';

/** Before the work. @throws {StoreFailure} */
export async function refuseUnwritable(out: string): Promise<void> {
  const isDevice = (await stat(out).catch(() => undefined))?.isFile() === false;
  if (!isDevice) makeFolder(dirname(out), otherFile);
  await tryToWrite(isDevice ? out : temporaryFor(out), otherFile, out);
}

const temporaryFor = (file: string): string => `${file}.${process.pid}.tmp`;

/** A reader, or a mail program, never gets half a page. */
async function replace(file: string, text: string, choice: Choice): Promise<void> {
  // A device or a pipe is written to: in its place a file would stand.
  if ((await stat(file).catch(() => undefined))?.isFile() === false) return await writeFile(file, text);
  const temporary = temporaryFor(file);
  makeFolder(dirname(file), choice);
  const clear = () => rmSync(temporary, { force: true });
  const done = clearedWhenStopped(clear);
  try {
    await writeFile(temporary, text);
    await rename(temporary, file);
  } finally {
    clear();
    done();
  }
}

const textOf = (time: Date): string => time.toISOString().replace('T', ' ').replace('Z', '');
