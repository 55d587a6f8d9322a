/** A workspace with 7,000 integrations, in runs of the deployed length: its list takes longer than one of them. */
import { minute, steadyLab } from '../simulation/lab/steady-lab.ts';
import { figure, type Measure, measure } from './measure.ts';
import { deployedRuns } from './runs.ts';

const integrations = 7000;
/** Less than a page each. */
const rows = 2;
const day = 24 * 60 * minute;

export async function sevenThousand(): Promise<Measure[]> {
  const lab = steadyLab({ integrations, rows, cadence: 60 * minute });
  const read = new Set<string>();
  const perRun: number[] = [];
  let [elapsed, logged] = [0, 0];
  const before = process.cpuUsage();
  for await (const { requests, elapsed_seconds } of deployedRuns(lab, day)) {
    perRun.push(requests.status);
    elapsed = Math.max(elapsed, elapsed_seconds);
    for (const { integrationId } of lab.braze.log.slice(logged)) if (integrationId) read.add(integrationId);
    logged = lab.braze.log.length;
    if (read.size === integrations) break;
  }
  const { user, system } = process.cpuUsage(before);
  const runs = perRun.length;
  const allowed = lab.limits.status * (13.5 + 1);
  const what = '7,000 integrations';
  return [
    measure(
      `runs until each was read once, ${what}`,
      runs,
      Math.ceil(integrations / (lab.limits.status * 13.5)),
      0,
    ),
    measure(
      `status requests of such a run over what its limit allows, ${what}`,
      Math.min(...perRun.slice(0, -1)) / allowed,
      0.9,
      3,
      true,
    ),
    measure(`seconds of such a run, the longest, ${what}`, elapsed, 900, 0),
    figure(
      `s of processor time a run, with the simulated Braze in it, ${what}`,
      (user + system) / 1e6 / runs,
      1,
    ),
  ];
}
