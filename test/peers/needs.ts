/** What a first export of a year needs: time, memory, and how long until it asks for the first page. */
import { join } from 'node:path';
import { startSimulatedBraze } from '../../local/simulator/http.ts';
import { startExport } from './export-measured.ts';
import type { Exporter } from './exporters.ts';
import { hour, PeersWorld } from './world.ts';

export interface Needs {
  /** Milliseconds from start to end. */
  readonly wall: number;
  /** KB. */
  readonly resident: number;
  /** Milliseconds from start to the first request. */
  readonly untilRequest: number;
}

const begin = Math.floor(Date.now() / (24 * hour) - 4) * 24 * hour;
/** 3,650 rows in 366 days. */
const world = new PeersWorld({ integrations: 10, rows: 365, cadence: 24 * hour, begin });
const repetitions = 3;

/** The least of several exports each, in turn, so that all meet the same machine. */
export async function needsOf(exporters: readonly Exporter[], folder: string): Promise<Needs[]> {
  const needs = exporters.map((): Needs[] => []);
  for (let repetition = 0; repetition < repetitions; repetition += 1)
    for (const [index, exporter] of exporters.entries())
      needs[index]?.push(await firstExport(exporter, join(folder, `${index}-${repetition}`)));
  return needs.map((each) => ({
    wall: Math.min(...each.map(({ wall }) => wall)),
    resident: Math.min(...each.map(({ resident }) => resident)),
    untilRequest: Math.min(...each.map(({ untilRequest }) => untilRequest)),
  }));
}

async function firstExport(exporter: Exporter, folder: string): Promise<Needs> {
  let firstRequest: number | undefined;
  const server = await startSimulatedBraze({
    world,
    quirks: { statusLimit: 1e9, listLimit: 1e9, limitHeaders: 'none', linkForm: 'relative' },
    now: () => {
      firstRequest ??= Date.now();
      return begin;
    },
  });
  try {
    const { needed } = await startExport(exporter, server.endpoint, folder);
    const needs = await needed;
    if (needs?.code !== 0 || firstRequest === undefined)
      throw new Error(`A first export with ${exporter.name} has failed: see ${folder}.`);
    const { began, ended, resident } = needs;
    return { wall: ended - began, resident, untilRequest: firstRequest - began };
  } finally {
    await server.close();
  }
}
