/** The command `npm run bench:peers`. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import pMap from 'p-map';
import { parseOrExit } from '../../local/command/parse-or-exit.ts';

const readme = join(import.meta.dirname, '../../README.md');

const readOptions = (): { readme?: true } =>
  parseOrExit(
    new Command('npm run bench:peers --')
      .description(
        'Reads the same simulated Braze with this project and with three general loaders, each set up as its ' +
          'documentation advises (test/peers), and prints two tables in Markdown: how many requests each made ' +
          'and how many rows it lost, doubled or left stale; and what a first export needs. It takes some four minutes.',
      )
      .option('--readme', 'write the tables into README.md as well')
      .addHelpText(
        'after',
        '\nNeeds Python 3.11 or newer, with venv. The loaders are fetched once, 580 MB.\n\n' +
          'Exit code: 0; 1 something could not be measured; 2 wrong use.',
      ),
  ).opts();

export async function benchPeers(): Promise<void> {
  const options = readOptions();
  // Help needs none of it.
  const { fetchPeers, ours } = await import('./exporters.ts');
  const { play } = await import('./play.ts');
  const { needsOf } = await import('./needs.ts');
  const { rowsOf, scenarios } = await import('./scenarios.ts');
  const { tables, withTables } = await import('./table.ts');
  process.env.BRAZE_API_KEY = 'measured';

  const folder = await mkdtemp(join(tmpdir(), 'bench-peers-'));
  try {
    const exporters = [ours, ...(await fetchPeers({ say: console.error }))];
    const games = scenarios.flatMap((scenario, index) =>
      exporters.map((exporter, number) => ({
        scenario,
        exporter,
        folder: join(folder, `${index}-${number}`),
      })),
    );
    console.error(`Playing ${scenarios.length} scenarios with each …`);
    const played = await pMap(
      games,
      async (game) => ({
        exporter: game.exporter,
        outcomes: await play(game.scenario, game.exporter, game.folder),
      }),
      { concurrency: 2 },
    );
    console.error('Measuring a first export with each, three times …');
    const needs = await needsOf(exporters, join(folder, 'needs'));
    const columns = exporters.map((exporter, index) => {
      const outcomes = played.flatMap((each) => (each.exporter === exporter ? each.outcomes : []));
      const need = needs[index];
      if (!need) throw new Error(`${exporter.name} was not measured.`);
      return { name: exporter.name, outcomes, needs: need };
    });
    const text = tables(rowsOf(scenarios), columns);
    console.log(text);
    if (options.readme) await writeFile(readme, withTables(await readFile(readme, 'utf8'), text));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
