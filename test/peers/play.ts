/** One scenario with one exporter. */
import { join } from 'node:path';
import { startSimulatedBraze } from '../../local/simulator/http.ts';
import { compare, type Difference } from './compare.ts';
import { startExport } from './export-measured.ts';
import type { Exporter } from './exporters.ts';
import type { Export, Scenario } from './scenarios.ts';
import { hour, PeersWorld } from './world.ts';

export interface Outcome extends Difference {
  readonly row: string;
  /** Of all exports up to this one that have no row of their own. */
  readonly requests: number;
  /** Whether the last export ended with an error. */
  readonly hasFailed: boolean;
}

/** More than a page of integrations, each with four pages: every quarter of a day a sync, for ten days. */
const size = { integrations: 12, rows: 40, cadence: 6 * hour };
const pages = 2 + 12 * 4;
/** The third page of the fourth integration. */
const oddPage = {
  id: '00000000-0000-4000-8000-000000000003',
  cursor: Buffer.from('skip:20').toString('base64'),
};
const unlimited = { statusLimit: 1e9, listLimit: 1e9, limitHeaders: 'none' } as const;

/** Four days ago, so that nothing is in the future, whatever is read how late. */
const begin = Math.floor(Date.now() / (24 * hour) - 4) * 24 * hour;

export async function play(scenario: Scenario, exporter: Exporter, folder: string): Promise<Outcome[]> {
  const { exports, linkForm = 'relative', late = [] } = scenario;
  const world = new PeersWorld({ ...size, begin, late });
  const outcomes: Outcome[] = [];
  let now = begin;
  let counted = 0;
  let each: Export;
  let kill = () => {};
  const server = await startSimulatedBraze({
    world,
    quirks: { ...unlimited, linkForm },
    now: () => {
      now += each.step ?? 0;
      return now;
    },
    faults: ({ index }) => {
      if (!each.isKilled || index < pages / 2) return undefined;
      kill();
      return 'hang';
    },
  });
  server.braze.lie = (answer, { integrationId, cursor }) => {
    const { odd } = each;
    if (!odd || integrationId !== oddPage.id || cursor !== oddPage.cursor) return answer;
    each = { after: each.after };
    return odd(answer);
  };
  try {
    for (each of exports) {
      const { row, after } = each;
      now = Math.max(now, begin + after);
      const running = await startExport(exporter, server.endpoint, join(folder, 'work'));
      kill = running.kill;
      const needed = await running.needed;
      if (row === undefined) continue;
      const requests = server.requests.length - counted;
      counted = server.requests.length;
      const difference = compare(await exporter.rows(join(folder, 'work')), world.truth(now));
      outcomes.push({ row, requests, hasFailed: needed?.code !== 0, ...difference });
    }
  } finally {
    await server.close();
  }
  return outcomes;
}
